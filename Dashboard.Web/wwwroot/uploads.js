// Sends chosen files straight to the ingestion service, with progress. The page only ever hears of names, sizes and progress.
import { ResumableUpload, unfinished } from './resumable.js';

const files = new Map();
const running = new Map();
let nextId = 1;
const bodyLimit = 16000;
const progressEvery = 150;

export function watch(input, zone, page) {
  const choose = list => {
    const chosen = Array.from(list, file => {
      const id = nextId++;
      files.set(id, file);
      return { id, name: file.name.slice(0, 300), size: file.size };
    });
    if (chosen.length) page.invokeMethodAsync('ChooseAsync', chosen);
  };
  input.addEventListener('change', () => { choose(input.files); input.value = ''; });
  zone.addEventListener('dragover', event => { event.preventDefault(); zone.classList.add('over'); });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => { event.preventDefault(); zone.classList.remove('over'); choose(event.dataTransfer.files); });
  // Files chosen before the page was connected.
  if (input.files.length) { choose(input.files); input.value = ''; }
  const begun = unfinished();
  if (begun.length) page.invokeMethodAsync('RecallAsync', begun);
}

export function send(id, url, ticket, page) {
  return new Promise(resolve => {
    const request = new XMLHttpRequest();
    const done = cancelled => {
      running.delete(id);
      resolve({ status: request.status, body: (request.responseText || '').slice(0, bodyLimit), cancelled });
    };
    let told = 0;
    request.upload.addEventListener('progress', event => {
      const now = performance.now();
      if (now - told < progressEvery && event.loaded < event.total) return;
      told = now;
      page.invokeMethodAsync('ProgressAsync', id, event.loaded).catch(() => request.abort());
    });
    request.addEventListener('load', () => done(false));
    request.addEventListener('error', () => done(false));
    request.addEventListener('abort', () => done(true));
    request.open('POST', url);
    request.setRequestHeader('Authorization', `Bearer ${ticket}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    running.set(id, { cancel: () => request.abort() });
    request.send(files.get(id));
  });
}

// In pieces, with the answers of send. Messages to the page may get lost while its connection is broken; the upload continues.
export async function sendResumable(id, url, dataset, ticket, page) {
  let told = 0;
  const tell = (method, ...what) => page.invokeMethodAsync(method, ...what).catch(() => {});
  const size = files.get(id).size;
  const upload = new ResumableUpload(files.get(id), url, dataset, ticket, {
    progress: sent => {
      const now = performance.now();
      if (now - told < progressEvery && sent < size) return;
      told = now;
      tell('ProgressAsync', id, sent);
    },
    interrupted: () => tell('InterruptedAsync', id),
    renewTicket: () => page.invokeMethodAsync('RenewTicketAsync'),
  });
  running.set(id, upload);
  try {
    const outcome = await upload.run();
    return { ...outcome, body: outcome.body.slice(0, bodyLimit) };
  } finally {
    running.delete(id);
  }
}

export function cancel(id) { running.get(id)?.cancel(); }

export function pause(id) { running.get(id)?.pause(); }

export function resume(id) { running.get(id)?.resume(); }

export function forget(id) { files.delete(id); }
