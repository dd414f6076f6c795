// Buttons of the dialog that blazor.web.js shows while the connection is lost.
const modal = document.getElementById('components-reconnect-modal');
modal.addEventListener('components-reconnect-state-changed', event => {
  if (event.detail.state === 'hide') modal.close();
  else if (!modal.open) modal.show();
  if (event.detail.state === 'rejected') location.reload();
});
document.getElementById('reconnect-retry').addEventListener('click', async () => {
  if (!await Blazor.reconnect()) location.reload();
});
document.getElementById('reconnect-reload').addEventListener('click', () => location.reload());
