// slow.mjs - a slow line for the browsers of the tests. A test that goes on before the page has answered passes on a quick
// machine and fails on a slow one; here each answer is late, so that it fails for whoever wrote it:
//
//     TENON_BROWSER_LATENCY=400 node --test tests/browser/list.test.mjs      // each answer so many milliseconds late
//     TENON_BROWSER_LATENCY=400 TENON_BROWSER_UNEVEN=1 ...                   // every second one three times as late
//     TENON_BROWSER_CPU=3 ...                                                // the pages' scripts that much slower (Chromium)
//
// The line is a proxy between browser and server, so it holds for every page, worker and stream of either browser, and addresses
// are what they were. Without these variables there is none.
import http from 'node:http';

export const LATENCY = Number(process.env.TENON_BROWSER_LATENCY ?? 0);
export const CPU = Number(process.env.TENON_BROWSER_CPU ?? 1);
const UNEVEN = Boolean(process.env.TENON_BROWSER_UNEVEN);

// For tests of how long something takes: test(name, { skip: SLOWED }, ...).
export const SLOWED = (LATENCY > 0 || CPU > 1) && 'what it measures is made slow here';

// Passes a request on as it is; where the server is not there the browser finds nobody, too.
function pass(request, response) {
    if (request.socket.destroyed) return; // nobody waits any more
    const to = http.request(request.url, { method: request.method, headers: request.headers });
    to.on('response', (answer) => {
        response.writeHead(answer.statusCode, answer.statusMessage, answer.rawHeaders);
        response.flushHeaders(); // a stream may have nothing to say yet
        answer.on('error', () => response.destroy()).pipe(response);
    });
    to.on('error', () => response.destroy());
    response.on('close', () => to.destroy());
    request.pipe(to);
}

let asked = 0;
const late = () => (UNEVEN && asked++ % 2 ? LATENCY * 3 : LATENCY);

// The proxy's address, null without latency. It ends with whoever started it.
export async function slow_line() {
    if (!LATENCY) return null;
    const proxy = http.createServer((request, response) => { setTimeout(pass, late(), request, response); });
    proxy.on('connection', (socket) => socket.unref());
    await new Promise((done) => { proxy.listen(0, '127.0.0.1', done); });
    proxy.unref();
    return `http://127.0.0.1:${proxy.address().port}`;
}

// Slows down the scripts of every page that the browser opens from now on.
export function slow_scripts(browser) {
    if (CPU <= 1) return;
    const make = browser.newContext.bind(browser);
    browser.newContext = async (options) => {
        const context = await make(options);
        context.on('page', async (page) => {
            const session = await context.newCDPSession(page);
            await session.send('Emulation.setCPUThrottlingRate', { rate: CPU });
        });
        return context;
    };
}
