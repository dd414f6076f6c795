// Follows the system's theme unless the reader has chosen one; the choice is kept in this browser.
(() => {
  const key = 'theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  let choice = ['light', 'dark'].includes(stored()) ? stored() : 'system';

  let sheet = document.getElementById('theme-sheet');

  // The sheet of the other theme is fetched when it is asked for. Until it is there the page stays as it is: colours change at once, never in two steps.
  const show = theme => {
    const address = sheet.dataset[theme];
    const ready = () => { document.documentElement.dataset.theme = theme; };
    if (sheet.getAttribute('href') === address) {
      ready();
      return;
    }
    if (!sheet.hasAttribute('href')) {
      // First paint: the browser waits for the sheet by itself, because the parser made the element.
      sheet.href = address;
      ready();
      return;
    }
    const next = sheet.cloneNode();
    const settle = () => {
      if (sheet !== next) return; // Another choice came in between.
      for (const other of document.querySelectorAll('link[id="theme-sheet"]')) {
        if (other !== next) other.remove();
      }
      ready();
    };
    next.addEventListener('load', settle);
    next.addEventListener('error', settle);
    next.href = address;
    sheet.after(next);
    sheet = next;
  };

  const apply = () => {
    show(choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice);
    for (const button of document.querySelectorAll('[data-theme-choice]')) {
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === choice));
    }
  };

  document.addEventListener('click', event => {
    const button = event.target instanceof Element ? event.target.closest('[data-theme-choice]') : null;
    if (!button) return;
    choice = button.dataset.themeChoice;
    try { localStorage.setItem(key, choice); } catch { /* Storage is switched off: the choice lasts for this page. */ }
    apply();
  });
  dark.addEventListener('change', apply);
  // The circuit renders the switch again when it starts: show the choice again.
  new MutationObserver(() => {
    const pressed = document.querySelector('[data-theme-choice][aria-pressed="true"]');
    if (pressed && pressed.dataset.themeChoice !== choice) apply();
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', apply);
  apply();
})();
