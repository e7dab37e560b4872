// browser.mjs - asks as a browser does, and as one that somebody else's page made ask: cookies, forms, any header.
import { request } from 'node:http';

// One request: { status, headers, text }. `form` is sent urlencoded, `json` as JSON; headers are sent as they are.
export function ask(tenon, method, path, { headers = {}, form, json, body } = {}) {
    const all = { host: new URL(tenon.url).host, ...headers };
    let bytes = body;
    if (form !== undefined) {
        bytes = new URLSearchParams(form).toString();
        all['content-type'] ??= 'application/x-www-form-urlencoded';
    } else if (json !== undefined) {
        bytes = JSON.stringify(json);
        all['content-type'] ??= 'application/json';
    }
    if (bytes !== undefined) all['content-length'] = Buffer.byteLength(bytes);
    return new Promise((done, fail) => {
        const req = request(tenon.url + path, { method, headers: all, agent: false }, (res) => {
            const pieces = [];
            res.on('data', (piece) => pieces.push(piece));
            res.on('end', () => done({ status: res.statusCode, headers: res.headers, text: Buffer.concat(pieces).toString() }));
        });
        req.on('error', fail);
        req.end(bytes);
    });
}

export const setCookies = (answer) => answer.headers['set-cookie'] ?? [];
export const cookieOf = (answer) => setCookies(answer).map((c) => c.split(';')[0]).join('; ');

// Of an answer of fetch: the session's, which is the first. Debian's Node.js 18 knows no getSetCookie.
export const fetchedCookie = (answer) => answer.headers.get('set-cookie').split(';')[0];

// Signs in by the form; the cookie to send from then on. Throws where the password is refused.
export async function signIn(tenon, who, more = {}) {
    const answer = await ask(tenon, 'POST', '/login', { form: { email: who.email, password: who.password }, ...more });
    if (answer.status !== 303) throw new Error(`signing in as ${who.email}: ${answer.status}`);
    return cookieOf(answer);
}

// The token that a page of this session carries.
export async function tokenOf(tenon, cookie) {
    const page = await ask(tenon, 'GET', '/', { headers: { cookie } });
    return /name="csrf-token" content="([^"]+)"/.exec(page.text)[1];
}
