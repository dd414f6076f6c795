// What the pages of the telemetry cannot do from the server.
window.telemetry = {
  // Tells when the reader of a list leaves its top, where new rows come in, and when they are back.
  holdWhileScrolled(element, owner) {
    let held = false;
    element.addEventListener('scroll', () => {
      const now = element.scrollTop > 8;
      if (now !== held) { held = now; owner.invokeMethodAsync('Held', held); }
    }, { passive: true });
  },
  toTop(element) { element.scrollTop = 0; },
  // Brings a row of a virtualised list into view, whose height is the same for all.
  scrollToRow(element, index, height) {
    const top = index * height;
    if (top < element.scrollTop || top > element.scrollTop + element.clientHeight - 2 * height) {
      element.scrollTop = Math.max(0, top - element.clientHeight / 3);
    }
  },
};
