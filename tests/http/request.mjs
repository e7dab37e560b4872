// request.mjs - one request to the server, as a program sends it: over a connection that is kept, and without what fetch() costs,
// which is more than the server takes. (Streams of the web, their queues and signals: two thirds of what the tests took.)
//
//   const { status, headers, text } = await send(url, { method: 'POST', headers: { ... }, body: '{}' });
import { Agent, request } from 'node:http';

// Shorter than the server keeps a connection that says nothing, so that none is used while it ends.
const agent = new Agent({ keepAlive: true, timeout: 4000 });

const plain = (body) => body === undefined || typeof body === 'string' || body instanceof Uint8Array;

// What has a form of its own is put together by fetch(): forms, files.
async function fetched(url, options) {
    const response = await fetch(url, { ...options, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
}

export function send(url, { method = 'GET', headers = {}, body } = {}) {
    if (!plain(body)) return fetched(url, { method, headers, body });
    const all = { accept: '*/*', ...headers };
    if (body !== undefined) {
        if (typeof body === 'string' && !Object.keys(all).some((name) => /^content-type$/i.test(name)))
            all['content-type'] = 'text/plain;charset=UTF-8';
        all['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((done, fail) => {
        const broken = (error) => fail(new Error(`${method} ${url}: ${error.message}`, { cause: error }));
        const asked = request(new URL(url), { method, headers: all, agent }, (response) => {
            const pieces = [];
            response.on('data', (piece) => pieces.push(piece));
            response.on('error', broken);
            response.on('end', () => {
                const list = response.rawHeaders;
                const told = new Headers();
                for (let i = 0; i < list.length; i += 2) told.append(list[i], list[i + 1]);
                done({ status: response.statusCode, headers: told, text: new TextDecoder().decode(Buffer.concat(pieces)) });
            });
        });
        asked.on('error', broken);
        asked.end(body);
    });
}
