// Shows the text of data-tip ("heading|line|line") beside the pointer. The same figures are in the chart's table.
(() => {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  document.body.append(tip);

  const place = event => {
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = event.clientX + 14 + width > innerWidth ? event.clientX - 14 - width : event.clientX + 14;
    const top = Math.max(8, Math.min(event.clientY - height / 2, innerHeight - height - 8));
    tip.style.transform = `translate(${Math.max(8, left)}px, ${top}px)`;
  };

  document.addEventListener('pointerover', event => {
    const text = event.target instanceof Element ? event.target.closest('[data-tip]')?.dataset.tip : null;
    tip.hidden = !text;
    if (!text) return;
    tip.replaceChildren(...text.split('|').map((line, index) => {
      const element = document.createElement(index === 0 ? 'strong' : 'span');
      element.textContent = line;
      return element;
    }));
    place(event);
  });
  document.addEventListener('pointermove', event => { if (!tip.hidden) place(event); });
  document.addEventListener('pointerleave', () => { tip.hidden = true; });
})();
