// A replica for tests. It has no handler for SIGTERM, so that it is gone at once when it is
// asked to end, unless its mode is deaf.
const fs = require('node:fs');
const http = require('node:http');

const { MODE, SICK_WHEN, PORT, SLIPWAY_RELEASE, ANSWER = 'hello' } = process.env;
if (MODE === 'crash') {
  console.error('cannot read the settings: price list is missing');
  process.exit(1);
}
if (MODE === 'deaf') {
  process.on('SIGTERM', () => console.log('not now'));
  require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
}
const health = (response) => {
  const sick = MODE === 'sick' || (SICK_WHEN && fs.existsSync(SICK_WHEN));
  response.writeHead(sick ? 503 : 200).end(sick ? '{"database":"down"}' : 'ok');
};
http
  .createServer((request, response) => {
    const path = request.url.split('?')[0];
    if (path === '/health') return health(response);
    if (path === '/crash') process.exit(7);
    if (path === '/broken') return response.writeHead(500).end('broken');
    if (path === '/slow') return setTimeout(() => response.end('slow ' + SLIPWAY_RELEASE), 200);
    if (path === '/environment') return response.end(JSON.stringify(process.env));
    if (path === '/headers') return response.end(JSON.stringify(request.headers));
    if (path === '/pid') return response.end(String(process.pid));
    if (request.method === 'POST') {
      let size = 0;
      request.on('data', (chunk) => (size += chunk.length));
      request.on('end', () => response.end(`took ${size}`));
      return undefined;
    }
    return response.end(`${ANSWER} from release ${SLIPWAY_RELEASE}`);
  })
  .listen(Number(PORT), '127.0.0.1');
