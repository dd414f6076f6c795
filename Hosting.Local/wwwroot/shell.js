// Keys that lead to pages (r c s t m), unless something is being typed; and what pages cannot do from the server.
(() => {
  const typing = target => target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="combobox"], dialog[open]');

  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === '/') {
      const search = document.querySelector('main input[type="search"]');
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  });

  // Copies the text of data-copy.
  document.addEventListener('click', async event => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.dataset.copied = '';
      setTimeout(() => delete button.dataset.copied, 1200);
    } catch { /* No clipboard here: the text is beside the button. */ }
  });

  window.shell = {
    // Keeps the end of a scrolled element in view for as long as its reader is there; tells when they leave or come back.
    follow(element, owner) {
      if (!element) return;
      let at = true;
      element.addEventListener('scroll', () => {
        const now = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
        if (now !== at) { at = now; owner.invokeMethodAsync('Followed', at); }
      }, { passive: true });
    },
    toEnd(element) { if (element) element.scrollTop = element.scrollHeight; }, // None when its page has just been left.
    showModal(dialog) { if (!dialog.open) dialog.showModal(); },
    close(dialog) { dialog.close(); },
  };
})();
