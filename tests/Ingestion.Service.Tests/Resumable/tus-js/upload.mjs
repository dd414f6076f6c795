// Uploads a file with tus-js-client and says what happens, a line of JSON per event:
//   node upload.mjs ENDPOINT FILE NAME KEY [chunk=BYTES] [pause=BYTES] [abort] [terminate] [checksum] [spoil] [resume=URL] [parallel=PARTS]
// pause: at this offset waits for a line on standard input. abort, terminate: then stops, keeping or removing the upload.
// parallel: sends the file in so many parts at once, which the service puts together.
// checksum: declares the SHA-256 of each piece; spoil: a wrong one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Upload } from 'tus-js-client';

const [endpoint, path, name, key, ...words] = process.argv.slice(2);
const options = Object.fromEntries(words.map(word => word.split(/=(.*)/s)));
const has = word => word in options;
const say = event => console.log(JSON.stringify(event));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const file = readFileSync(path);
const chunkSize = Number(options.chunk ?? 64 * 1024);
const pauseAt = has('pause') ? Number(options.pause) : Infinity;
let paused = false;

const upload = new Upload(file, {
  endpoint,
  uploadUrl: options.resume ?? null,
  chunkSize,
  parallelUploads: Number(options.parallel ?? 1),
  retryDelays: Array(120).fill(500),
  headers: { 'X-Api-Key': key },
  metadata: { filename: name },
  async onBeforeRequest(request) {
    if (request.getMethod() !== 'PATCH') return;
    const offset = Number(request.getHeader('Upload-Offset'));
    if (has('checksum') || has('spoil')) {
      const hash = createHash('sha256').update(file.subarray(offset, offset + chunkSize));
      request.setHeader('Upload-Checksum', `sha256 ${(has('spoil') ? hash.update('spoiled') : hash).digest('base64')}`);
    }
    if (offset >= pauseAt && !paused) {
      paused = true;
      say({ event: 'paused', offset, url: upload.url });
      await lines.next();
    }
  },
  onAfterResponse(request, response) {
    say({ event: 'answer', method: request.getMethod(), status: response.getStatus(), offset: Number(response.getHeader('Upload-Offset') ?? -1) });
  },
  onShouldRetry: error => (error.originalResponse?.getStatus() ?? 0) < 400 || error.originalResponse.getStatus() === 423,
  onError(error) { say({ event: 'error', status: error.originalResponse?.getStatus() ?? 0, message: String(error.message).slice(0, 300) }); process.exit(0); },
  onSuccess() { say({ event: 'success', url: upload.url }); process.exit(0); },
  onChunkComplete(_, accepted) {
    if (accepted < pauseAt || !(has('abort') || has('terminate'))) return;
    upload.abort(has('terminate')).then(() => { say({ event: 'stopped', url: upload.url, offset: accepted }); process.exit(0); });
  },
});
upload.start();
