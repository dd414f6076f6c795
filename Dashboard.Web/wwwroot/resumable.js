// Sends a large file in pieces by the tus protocol (https://tus.io): a broken connection costs at most a piece, and after a reload the same file goes on
// where it stopped. Where a file's upload is, is remembered in this browser.
const pieceBytes = 8 * 1024 * 1024;
const pauses = [500, 1000, 2000, 5000, 10000];
const pollEvery = 700;
const rememberedFor = 24 * 60 * 60 * 1000;
const prefix = 'dunnhumby-upload:';
const again = [408, 409, 423, 429, 460];

/** The connection broke, or the service asks to come again. */
class Interrupted extends Error {}

/** The service will not take it; carries its answer. */
class Refused extends Error {
  constructor(request) {
    super(`The service answered ${request.status}`);
    this.outcome = { status: request.status, body: request.responseText, cancelled: false };
  }
}

export class ResumableUpload {
  #file; #url; #dataset; #ticket; #told; #key;
  #request = null; #wake = null; #paused = false; #cancelled = false; #tries = 0;

  /** dataset: null for an archive. told: progress(bytes), interrupted(), renewTicket() -> Promise of a ticket. */
  constructor(file, url, dataset, ticket, told) {
    this.#file = file;
    this.#url = url;
    this.#dataset = dataset;
    this.#ticket = ticket;
    this.#told = told;
    this.#key = `${prefix}${url}:${dataset}:${file.name}:${file.size}:${file.lastModified}`;
  }

  pause() { this.#paused = true; this.#request?.abort(); }

  resume() { this.#paused = false; this.#tries = 0; this.#wake?.(); }

  cancel() { this.#cancelled = true; this.#request?.abort(); this.#wake?.(); }

  /** Sends the file and waits until it is loaded or refused; gives what a direct upload would have been answered. */
  async run() {
    for (;;) {
      try {
        return await this.#attempt();
      } catch (trouble) {
        if (this.#cancelled) return await this.#remove();
        if (trouble instanceof Refused) { forget(this.#key); return trouble.outcome; }
        if (!(trouble instanceof Interrupted)) throw trouble;
        if (this.#paused) await this.#sleep(null);
        else {
          this.#told.interrupted();
          await this.#sleep(pauses[Math.min(this.#tries++, pauses.length - 1)]);
        }
      }
    }
  }

  async #attempt() {
    let address = recall(this.#key);
    let offset = address === null ? null : await this.#offset(address);
    if (offset === null) {
      address = await this.#create();
      offset = 0;
    }
    this.#told.progress(offset);
    while (offset < this.#file.size) {
      const request = await this.#send('PATCH', address, { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
        this.#file.slice(offset, offset + pieceBytes), sent => this.#told.progress(offset + sent));
      offset = Number(request.getResponseHeader('Upload-Offset'));
      this.#tries = 0;
    }
    this.#told.progress(this.#file.size);
    return await this.#result(address);
  }

  async #create() {
    const metadata = [`filename ${base64(this.#file.name.slice(-200))}`];
    if (this.#dataset !== null) metadata.push(`dataset ${base64(this.#dataset)}`);
    const request = await this.#send('POST', this.#url, { 'Upload-Length': this.#file.size, 'Upload-Metadata': metadata.join(',') });
    const address = new URL(request.getResponseHeader('Location'), this.#url).href;
    remember(this.#key, address, this.#file.name, this.#dataset);
    return address;
  }

  /** Null when the upload is not there any more. */
  async #offset(address) {
    try {
      return Number((await this.#send('HEAD', address)).getResponseHeader('Upload-Offset'));
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      forget(this.#key);
      return null;
    }
  }

  async #result(address) {
    for (;;) {
      const upload = JSON.parse((await this.#send('GET', address)).responseText);
      if (upload.state === 'completed') {
        forget(this.#key);
        const isNew = upload.loads.some(load => load.isNew);
        return { status: isNew ? 201 : 200, body: JSON.stringify(upload.batch ?? upload.loads[0].load), cancelled: false };
      }
      if (upload.state === 'refused') {
        forget(this.#key);
        return { status: upload.problem.status, body: JSON.stringify(upload.problem), cancelled: false };
      }
      await this.#sleep(pollEvery);
    }
  }

  async #remove() {
    const address = recall(this.#key);
    forget(this.#key);
    this.#cancelled = this.#paused = false;
    // What cannot be removed now is removed by the service when it expires.
    if (address !== null) await this.#send('DELETE', address).catch(() => {});
    return { status: 0, body: '', cancelled: true };
  }

  #send(method, address, headers = {}, body = null, progress = null) {
    if (this.#paused || this.#cancelled) return Promise.reject(new Interrupted());
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      if (progress) request.upload.addEventListener('progress', event => progress(event.loaded));
      request.addEventListener('error', () => reject(new Interrupted()));
      request.addEventListener('abort', () => reject(new Interrupted()));
      request.addEventListener('load', () => {
        if (request.status < 300) resolve(request);
        else if (request.status === 401) this.#renew().then(() => reject(new Interrupted()), () => reject(new Interrupted()));
        else reject(request.status >= 500 || again.includes(request.status) ? new Interrupted() : new Refused(request));
      });
      request.open(method, address);
      for (const [name, value] of Object.entries({ 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${this.#ticket}`, ...headers })) request.setRequestHeader(name, value);
      request.send(body);
    });
  }

  /** Tickets live a few minutes, uploads as long as they take. */
  async #renew() { this.#ticket = await this.#told.renewTicket() ?? this.#ticket; }

  /** Until the time is over (never, for null) or someone wakes it. */
  #sleep(milliseconds) {
    return new Promise(resolve => {
      const timer = milliseconds === null ? null : setTimeout(resolve, milliseconds);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

/** The uploads that were begun in this browser and not finished: name and data set. */
export function unfinished() {
  const found = [];
  for (const key of Object.keys(localStorage).filter(key => key.startsWith(prefix))) {
    const kept = JSON.parse(localStorage.getItem(key));
    if (Date.now() - kept.at > rememberedFor) localStorage.removeItem(key);
    else found.push({ name: kept.name, dataset: kept.dataset });
  }
  return found;
}

function remember(key, address, name, dataset) { localStorage.setItem(key, JSON.stringify({ address, name, dataset, at: Date.now() })); }

function recall(key) { return JSON.parse(localStorage.getItem(key))?.address ?? null; }

function forget(key) { localStorage.removeItem(key); }

function base64(text) { return btoa(String.fromCharCode(...new TextEncoder().encode(text))); }
