// Follows the system's theme unless the reader has chosen one; the choice is kept in this browser.
(() => {
  const key = 'dashboard-theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  let choice = ['light', 'dark'].includes(stored()) ? stored() : 'system';

  const apply = () => {
    const theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
    document.documentElement.dataset.theme = theme;
    for (const sheet of document.querySelectorAll('link[data-theme-of]')) {
      sheet.media = sheet.dataset.themeOf === theme ? 'all' : 'not all';
    }
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
  // The circuit renders the switch anew when it starts: show the choice again.
  new MutationObserver(() => {
    const pressed = document.querySelector('[data-theme-choice][aria-pressed="true"]');
    if (pressed && pressed.dataset.themeChoice !== choice) apply();
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', apply);
  apply();
})();
