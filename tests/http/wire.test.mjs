// wire.test.mjs - bytes that are no proper request, or too many of them: refused, with nothing left of them that the next reader
// could take for a request of its own.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Tenon, startTenon } from './support.mjs';
import { crowd, exchange } from './raw.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const HOST = 'Host: x\r\n';
const HIDDEN = `GET /healthz HTTP/1.1\r\n${HOST}\r\n`; // what would be answered if the first request ended too early
const POST = `POST /api/v1/auth/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;
const length = HIDDEN.length;

// Each [what, bytes]: the answer is a refusal, and the request that hides in it is never answered.
const ambiguous = [
    ['two lengths', `${POST}Content-Length: 0\r\nContent-Length: ${length}\r\n\r\n${HIDDEN}`],
    ['two lengths that agree', `${POST}Content-Length: ${length}\r\nContent-Length: ${length}\r\n\r\n${HIDDEN}`],
    ['a list of lengths', `${POST}Content-Length: 0, ${length}\r\n\r\n${HIDDEN}`],
    ['a signed length', `${POST}Content-Length: +0\r\n\r\n${HIDDEN}`],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n${HIDDEN}`],
    ['a hexadecimal length', `${POST}Content-Length: 0x0\r\n\r\n${HIDDEN}`],
    ['an empty length', `${POST}Content-Length: \r\n\r\n${HIDDEN}`],
    ['a length in two words', `${POST}Content-Length: 0 0\r\n\r\n${HIDDEN}`],
    ['a length beyond all numbers', `${POST}Content-Length: 99999999999999999999999\r\n\r\n${HIDDEN}`],
    ['a length and chunks', `${POST}Content-Length: ${length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['two codings', `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a coding that is none', `${POST}Transfer-Encoding: identity\r\n\r\n${HIDDEN}`],
    ['a coding nearly known', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a coding before chunks', `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a coding behind a vertical tab', `${POST}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a space before the colon of a coding', `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a space before the colon of a length', `${POST}Content-Length : ${length}\r\n\r\n${HIDDEN}`],
    ['a folded coding', `${POST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a folded header', `GET /readyz HTTP/1.1\r\n${HOST}X-A: b\r\n c\r\n\r\n${HIDDEN}`],
    ['a length folded into another header', `${POST}X-A: b\r\n\tContent-Length: ${length}\r\n\r\n${HIDDEN}`],
    ['lines that end in LF', `GET /readyz HTTP/1.1\nHost: x\n\n${HIDDEN}`],
    ['one line that ends in LF', `${POST}X-A: b\nContent-Length: ${length}\r\n\r\n${HIDDEN}`],
    ['a head that ends in LF', `GET /readyz HTTP/1.1\r\n${HOST}X-A: b\n\r\n${HIDDEN}`],
    ['a CR within a line', `${POST}X-A: b\rContent-Length: ${length}\r\n\r\n${HIDDEN}`],
    ['a NUL in a value', `GET /readyz HTTP/1.1\r\nHost: x\0y\r\nX-A: b\r\n\r\n${HIDDEN}`],
    ['a NUL in a name', `GET /readyz HTTP/1.1\r\n${HOST}X\0A: b\r\n\r\n${HIDDEN}`],
    ['a NUL in the address', `GET /readyz\0x HTTP/1.1\r\n${HOST}\r\n${HIDDEN}`],
    ['two hosts', `GET /readyz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${HIDDEN}`],
    ['no host', `GET /readyz HTTP/1.1\r\nX-A: b\r\n\r\n${HIDDEN}`],
    ['a line without a colon', `GET /readyz HTTP/1.1\r\n${HOST}X-A\r\n\r\n${HIDDEN}`],
    ['a first line that is folded', `GET /readyz HTTP/1.1\r\n ${HOST}\r\n${HIDDEN}`],
    ['a space in the address', `GET /rea dyz HTTP/1.1\r\n${HOST}\r\n${HIDDEN}`],
    ['spaces around the address', `GET  /readyz  HTTP/1.1\r\n${HOST}\r\n${HIDDEN}`],
    ['HTTP/0.9', `GET /readyz\r\n\r\n${HIDDEN}`],
    ['HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${HIDDEN}`],
    ['a protocol that is none', `GET /readyz HTTQ/1.1\r\n${HOST}\r\n${HIDDEN}`],
    ['chunks in HTTP/1.0', `POST /api/v1/auth/login HTTP/1.0\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk that is no number', `${POST}Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n${HIDDEN}`],
    ['a negative chunk', `${POST}Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk beyond all numbers', `${POST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk without its end', `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX0\r\n\r\n${HIDDEN}`],
    ['150 headers', `GET /readyz HTTP/1.1\r\n${HOST}${'X-A: b\r\n'.repeat(150)}\r\n${HIDDEN}`, [431]],
    ['a header of 60 KB', `GET /readyz HTTP/1.1\r\n${HOST}X-A: ${'b'.repeat(60_000)}\r\n\r\n${HIDDEN}`, [431]],
    ['an address of 60 KB', `GET /${'b'.repeat(60_000)} HTTP/1.1\r\n${HOST}\r\n${HIDDEN}`, [414]],
];

for (const [what, bytes, wanted = [400, 413, 505]] of ambiguous) {
    test(`refused: ${what}`, async () => {
        const got = await exchange(tenon, bytes);
        assert.ok(got.statuses.length === 0 || wanted.includes(got.statuses[0]), `answered ${got.statuses}: ${got.text}`);
        assert.ok(got.closed, `the connection stays open: ${got.text}`);
        assert.doesNotMatch(got.text, /^ok$/m, 'the hidden request is not answered');
    });
}

for (const [what, line, statuses] of [
    ['an absolute address of another host', 'GET http://evil.example/readyz HTTP/1.1', [400, 404]],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1', [400, 404, 405]],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1', [400, 404, 405]],
    ['TRACE', 'TRACE /readyz HTTP/1.1', [405]],
    ['a method that is none', 'FROB /readyz HTTP/1.1', [405, 501]],
    ['a method in small letters', 'get /readyz HTTP/1.1', [405, 501]],
    ['a doubled slash', 'GET //readyz HTTP/1.1', [404]],
    ['a way out of the tree', 'GET /assets/../readyz HTTP/1.1', [404]],
    ['an encoded way out', 'GET /assets/..%2freadyz HTTP/1.1', [404]],
    ['an encoded NUL', 'GET /assets/%00 HTTP/1.1', [400, 404]],
    ['bytes that are not UTF-8', 'GET /assets/%ff%fe HTTP/1.1', [400, 404]],
    ['an escape cut short', 'GET /assets/%4 HTTP/1.1', [400, 404]],
]) {
    test(`refused: ${what}`, async () => {
        const got = await exchange(tenon, `${line}\r\n${HOST}Connection: close\r\n\r\n`);
        assert.ok(statuses.includes(got.statuses[0]), `answered ${got.statuses}: ${got.text.slice(0, 300)}`);
        assert.doesNotMatch(got.text, /evil\.example/, 'nothing of it comes back');
    });
}

test('the checks can fail: two proper requests in one piece are both answered, however slowly they come', async () => {
    const last = HIDDEN.replace(HOST, `${HOST}Connection: close\r\n`);
    const both = `GET /readyz HTTP/1.1\r\n${HOST}X-Empty:\r\nX-Spaces:   b  \r\nCookie: a=b; c=d\r\n\r\n${last}`;
    const got = await exchange(tenon, both);
    assert.deepEqual(got.statuses, [200, 200], got.text);
    assert.match(got.text, /^ok$/m);
    const slow = await exchange(tenon, both.match(/[^]{1,3}/g), { pause: 5 });
    assert.deepEqual(slow.statuses, [200, 200], slow.text);
    const chunks = await exchange(tenon, `${POST}Transfer-Encoding:\tchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n${last}`);
    assert.deepEqual(chunks.statuses, [422, 200], chunks.text);
});

const lead = (bytes, more = '') => `POST /api/v1/leads HTTP/1.1\r\n${HOST}Authorization: Bearer ${admin.key}\r\n`
    + `Content-Type: application/json\r\nContent-Length: ${bytes}\r\n${more}\r\n`;
const leads = async () => (await admin.get('/leads?limit=1&count=exact')).json.total;

test('a body over 1 MB is 413: before it is sent where the client asks, at once where it is huge', async () => {
    const before = await leads();
    const asked = await exchange(tenon, lead(2_000_000, 'Expect: 100-continue\r\n'));
    assert.deepEqual(asked.statuses, [413], asked.text);
    const huge = await exchange(tenon, `${lead(100_000_000)}{"name":"`);
    assert.deepEqual(huge.statuses, [413], huge.text);
    const name = 'x'.repeat(1_100_000);
    const sent = await admin.post('/leads', { name });
    assert.equal(sent.status, 413);
    assert.match(sent.headers.get('content-type'), /^application\/problem\+json/);
    const pieces = ['{"name":"', name, '"}'].map((t) => `${t.length.toString(16)}\r\n${t}\r\n`);
    const chunked = await exchange(tenon, [lead(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked'), ...pieces,
        '0\r\n\r\n']);
    assert.equal(chunked.statuses[0], 413, chunked.text);
    assert.equal(await leads(), before, 'nothing was written');
    assert.equal((await admin.post('/leads', { name: 'Small' })).status, 201, 'the check can fail');
});

const upload = (await tenon.cli('routes')).routes.find((r) => r.flags.includes('upload') && r.flags.includes('api'));
const uploads = { skip: upload ? false : 'no route takes uploads' };

test('an upload over its limit is 413, and nothing of it is left on the disk', uploads, async () => {
    const small = new Tenon();
    Object.assign(small, { dir: tenon.dir, database: tenon.database });
    await small.start(['--max-upload', '65536']);
    const send = (bytes) => {
        const body = new FormData();
        body.append('file', new Blob(['a,b\n'.repeat(bytes / 4)], { type: 'text/csv' }), 'a.csv');
        return fetch(small.url + upload.path.replace('{id}', 1), { method: upload.method,
            headers: { authorization: `Bearer ${admin.key}` }, body });
    };
    try {
        assert.equal((await send(200_000)).status, 413);
        assert.deepEqual(readdirSync(join(tenon.dir, 'files')).filter((f) => f.endsWith('.part')), []);
        assert.notEqual((await send(2_000)).status, 413, 'the check can fail');
    } finally {
        await small.halt();
    }
});

test('connections beyond the limit wait or are closed, and those within go on', async () => {
    const small = new Tenon();
    Object.assign(small, { dir: tenon.dir, database: tenon.database });
    await small.start(['--max-connections', '40']);
    try {
        const all = await crowd(small, 80);
        all.sockets[0].write(HIDDEN);
        const first = await new Promise((done) => { all.sockets[0].on('data', (d) => done(d.toString())); });
        assert.match(first, /^HTTP\/1\.1 200/);
        const late = await exchange(small, HIDDEN, { wait: 700 });
        assert.deepEqual(late.statuses, [], 'there is no room for another');
        all.close();
        let made = [];
        for (let i = 0; i < 60 && made.length === 0; i++) made = (await exchange(small, HIDDEN, { wait: 1000 })).statuses;
        assert.deepEqual(made, [200], 'room was made');
    } finally {
        await small.halt();
    }
});

test('a program that names itself in bytes that are no text saves like any other', async () => {
    const body = JSON.stringify({ name: 'From afar' });
    const head = `POST /api/v1/leads HTTP/1.1\r\n${HOST}Authorization: Bearer ${admin.key}\r\nUser-Agent: tool\xff\r\n`;
    const { statuses, text } = await exchange(tenon, `${head}Content-Type: application/json\r\n`
        + `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    assert.deepEqual(statuses, [201], text);
});
