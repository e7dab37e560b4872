// files.test.mjs - uploads: what comes in goes out byte for byte, as an attachment that nothing runs; access follows the
// record that a file belongs to; nothing but an upload makes a file.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { ask, fetchedCookie, signIn, tokenOf } from './browser.mjs';
import { errorsOf, PASSWORD, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon({ roles: ['sales_agent', 'crew', 'read_only'], args: ['--max-upload', '200000'] });
after(() => tenon.stop());
const { a, b } = tenon;
const lead = recordOf(await a.admin.post('/leads', { name: 'Ada Lovelace' }));
const about = { subject_type: 'leads', subject_id: lead.id };
const content = (client, id) => client.get(`/files/${id}/content`);
const filesOnDisk = () => readdirSync(join(tenon.dir, 'files'), { recursive: true })
    .filter((f) => !f.startsWith('.thumbs') && statSync(join(tenon.dir, 'files', f)).isFile());

test('what was uploaded comes back byte for byte, as an attachment', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 256));
    const made = await a.admin.upload('/files', { ...about, category: 'Quote', name: 'Größe "1".bin' }, bytes, 'x.bin');
    assert.equal(made.status, 201, made.text);
    const { id, name, file_size: size, sha256, mime_type: type, category } = made.json;
    assert.deepEqual([name, size, type, category], ['Größe "1".bin', bytes.length, 'application/octet-stream', 'Quote']);
    assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.ok(!('storage_key' in made.json));
    const answer = await fetch(`${tenon.url}/api/v1/files/${id}/content`,
        { headers: { authorization: `Bearer ${a.admin.key}` } });
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes);
    const header = (h) => answer.headers.get(h);
    assert.match(header('content-disposition'),
        /^attachment; filename="Gr__e _1_\.bin"; filename\*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22\.bin$/);
    assert.equal(header('x-content-type-options'), 'nosniff');
    assert.match(header('content-security-policy'), /^sandbox; default-src 'none'/);
});

test('the type is told by the bytes, and is never HTML or SVG', async () => {
    const cases = [
        ['photo.html', '\xff\xd8\xff\xe0jpeg', 'image/jpeg'], ['a.txt', '\x89PNG\r\n\x1a\nrest', 'image/png'],
        ['a', 'GIF89a..', 'image/gif'],
        ['a', 'RIFF\x01\x02\x03\x04WEBPVP8 ', 'image/webp'], ['a', '%PDF-1.7\n', 'application/pdf'],
        ['a.zip', 'PK\x03\x04....', 'application/zip'],
        ['a.xlsx', 'PK\x03\x04....', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
        ['a.csv', 'a,b\n1,2\n', 'text/csv'], ['page.html', '<!doctype html><script>alert(1)</script>', 'text/plain'],
        ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'text/plain'],
        ['a.exe', 'MZ\x90\x00\x03', 'application/octet-stream'],
        ['empty', '', 'text/plain'],
    ];
    for (const [name, bytes, type] of cases) {
        const made = await a.admin.upload('/files', about, Buffer.from(bytes, 'latin1'), name);
        assert.equal(made.status, 201, made.text);
        assert.equal(made.json.mime_type, type, name);
        assert.match((await content(a.admin, made.json.id)).headers.get('content-type'),
            new RegExp(`^${type.replace(/[.+]/g, '\\$&')}`));
    }
});

test('the same content is kept once, under a name that nobody chose', async () => {
    const name = '../../../etc/passwd';
    const first = await a.admin.upload('/files', about, 'once only', name);
    const before = filesOnDisk();
    const second = await a.admin.upload('/files', about, 'once only', 'other.txt');
    assert.deepEqual(filesOnDisk(), before);
    assert.notEqual(first.json.id, second.json.id);
    assert.doesNotMatch(first.json.name, /\//);
    for (const file of before) assert.match(file, /^\d+\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
});

test('only an upload makes a file', async () => {
    const count = async () => (await a.admin.get('/files?limit=1&count=exact')).json.total;
    const before = await count();
    const tries = [
        await a.admin.post('/files', { name: 'x', ...about }), await a.admin.upload('/files', { ...about, name: 'x' }),
        await a.admin.post(`/leads/${lead.id}/files`, { name: 'x' }),
        await a.admin.upload('/files', { ...about, storage_key: '1/aa/bb' }, 'x'), await a.admin.upload('/files', { ...about,
            sha256: 'x' }, 'x'),
        await a.admin.upload('/files', { ...about, no_such_field: 'x' }, 'x'), await a.admin.upload('/files',
            { subject_type: 'leads', subject_id: 12 }, 'x'),
        await a.admin.post('/files/bulk', { action: 'create', set: { name: 'x' } }),
    ];
    for (const answer of tries) assert.ok([400, 415, 422].includes(answer.status),
        `${answer.status} ${answer.text.slice(0, 200)}`);
    assert.equal(await count(), before);
    assert.equal(errorsOf(tries[1])[0].field, 'file');
});

test('a file of a record is added under its address', async () => {
    const made = await a.admin.upload(`/leads/${lead.id}/files`, { description: 'By the way' }, 'x');
    assert.equal(made.status, 201, made.text);
    assert.deepEqual([made.json.subject_type, made.json.subject_id], ['leads', lead.id]);
    assert.equal((await a.admin.upload('/leads/12/files', {}, 'x')).status, 404);
});

test('what is too large is refused and leaves nothing behind', async () => {
    const before = filesOnDisk();
    assert.equal((await a.admin.upload('/files', about, Buffer.alloc(300_000))).status, 413);
    assert.deepEqual(filesOnDisk(), before);
});

test('whoever may not see the record may not see its file, in another company least of all', async () => {
    const { id } = (await a.admin.upload('/files', about, 'for the few')).json;
    for (const client of [a.sales_agent, b.admin]) {
        assert.equal((await client.get(`/files/${id}`)).status, 404);
        const answer = await content(client, id);
        assert.equal(answer.status, 404);
        assert.doesNotMatch(answer.text, /for the few/);
    }
    assert.equal((await a.crew.upload('/files', {}, 'x')).status, 403);
    assert.equal((await b.admin.upload('/files', about, 'x')).status, 422, 'a foreign record is not there');
    assert.equal((await b.admin.upload(`/leads/${lead.id}/files`, {}, 'x')).status, 404);
    assert.equal((await content(tenon.nobody, id)).status, 401);
    await a.admin.patch(`/leads/${lead.id}`, { assigned_to_id: a.sales_agent.userId });
    assert.equal((await content(a.sales_agent, id)).text, 'for the few');
});

test('a deleted file has no content for anybody, and is whole again when it is restored', async () => {
    const { id } = (await a.admin.upload('/files', about, 'back again')).json;
    await a.admin.delete(`/files/${id}`);
    assert.equal((await content(a.admin, id)).status, 404);
    await a.admin.post(`/files/${id}/restore`, {});
    assert.equal((await content(a.admin, id)).text, 'back again');
});

test('a form without scripts uploads, and tells what is missing', async () => {
    const signed = await fetch(`${tenon.url}/login`, {
        method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: a.admin.email, password: PASSWORD }),
    });
    const cookie = fetchedCookie(signed);
    const page = await (await fetch(`${tenon.url}/files/new?subject_type=leads&subject_id=${lead.id}`,
        { headers: { cookie } })).text();
    assert.match(page, /enctype="multipart\/form-data"/);
    const token = /name="_csrf" value="([^"]+)"/.exec(page)[1];
    const send = (file, csrf = token) => {
        const form = new FormData();
        form.append('_csrf', csrf);
        form.append('complete', '1');
        for (const [key, value] of Object.entries(about)) form.append(key, String(value));
        form.append('file', new Blob([file ?? '']), file === undefined ? '' : 'note.txt');
        return fetch(`${tenon.url}/files`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: form });
    };
    assert.equal((await send('x', 'forged')).status, 403);
    const done = await send('by hand');
    assert.deepEqual([done.status, done.headers.get('location')], [303, `/leads/${lead.id}?done=created`]);
    const missing = await send(undefined);
    assert.equal(missing.status, 422);
    assert.match(await missing.text(), /Choose a file/);
});

test('the control: what is on the disk is what was sent', () => {
    const found = filesOnDisk().filter((f) => readFileSync(join(tenon.dir, 'files', f), 'utf8') === 'by hand');
    assert.equal(found.length, 1);
});

/* ---- thumbnails and versions --------------------------------------------------------------------------------------------- */

// A PNG of one colour, as large as is asked for.
function png(width, height) {
    const table = Array.from({ length: 256 }, (_, n) => {
        for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
        return n >>> 0;
    });
    const crc = (bytes) => (bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), 0xFFFFFFFF) ^ 0xFFFFFFFF) >>> 0;
    const chunk = (type, data) => {
        const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
        out.writeUInt32BE(data.length);
        body.copy(out, 4);
        out.writeUInt32BE(crc(body), body.length + 4);
        return out;
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width);
    head.writeUInt32BE(height, 4);
    head.set([8, 2, 0, 0, 0], 8);
    const rows = Buffer.alloc((width * 3 + 1) * height, 200);
    for (let y = 0; y < height; y++) rows[y * (width * 3 + 1)] = 0;
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)),
        chunk('IEND', Buffer.alloc(0))]);
}
const thumbnail = (client, id, headers = {}) => fetch(`${tenon.url}/api/v1/files/${id}/thumbnail`,
    { headers: { authorization: `Bearer ${client.key}`, ...headers } });

test('a picture has a small JPEG, which nothing runs and nobody sees who may not see the file', async () => {
    const { id } = (await a.admin.upload('/files', about, png(1200, 800), 'roof.png')).json;
    const answer = await thumbnail(a.admin, id);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/jpeg']);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0])); // its header says how large it is
    assert.deepEqual([bytes.readUInt16BE(frame + 7), bytes.readUInt16BE(frame + 5)], [480, 320]);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /^sandbox; default-src 'none'/);
    assert.match(answer.headers.get('cache-control'), /private/);
    assert.equal((await thumbnail(a.admin, id, { 'if-none-match': answer.headers.get('etag') })).status, 304);
    assert.equal((await thumbnail(b.admin, id)).status, 404);
    await a.admin.delete(`/files/${id}`);
    assert.equal((await thumbnail(a.admin, id)).status, 404);
});

test('a thumbnail that was thrown away is made again when it is asked for', async () => {
    const { id, sha256 } = (await a.admin.upload('/files', about, png(300, 200), 'again.png')).json;
    const place = readdirSync(join(tenon.dir, 'files', '.thumbs'), { recursive: true }).find((f) => f.endsWith(sha256));
    rmSync(join(tenon.dir, 'files', '.thumbs', place));
    assert.equal((await thumbnail(a.admin, id)).status, 200);
});

test('what is no picture, is broken or claims to be huge has none, and the file itself is kept', async () => {
    const huge = png(10, 10);
    huge.writeUInt32BE(30_000, 16);
    huge.writeUInt32BE(30_000, 20);
    const cases = ['just words', Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'), png(40, 40).subarray(0, 60), huge,
        Buffer.from('\xff\xd8\xff\xe0 no more', 'latin1'), Buffer.from('RIFF\x04\x00\x00\x00WEBPVP8 ', 'latin1')];
    for (const bytes of cases) {
        const made = await a.admin.upload('/files', about, bytes, 'x.png');
        assert.equal(made.status, 201);
        for (let i = 0; i < 2; i++) assert.equal((await thumbnail(a.admin, made.json.id)).status, 404);
        assert.equal((await content(a.admin, made.json.id)).status, 200);
    }
});

test('thumbnails lie beside what is verified and do not disturb it', async () => {
    await tenon.cli('verify'); // throws where something is wrong
});

test('a file that is uploaded to a document is its newest version; an older one can be the newest again', async () => {
    const client = recordOf(await a.admin.post('/clients', { name: 'Versions' }));
    const runbook = { name: 'Runbook', client_id: client.id, content: 'First words.' };
    const document = recordOf(await a.admin.post('/documents', runbook));
    const list = `/document_versions?filter[document_id]=${document.id}&sort=number`;
    const versions = async () => (await a.admin.get(list)).json.data;
    const upload = async (text) => (await a.admin.upload('/files', { subject_type: 'documents', subject_id: document.id }, text,
        `${text}.txt`)).json;
    const [one, two] = [await upload('one'), await upload('two')];
    assert.deepEqual((await versions()).map((v) => [v.number, v.file_id, v.change_note, v.created_by_id]),
        [[1, null, null, a.admin.userId], [2, one.id, 'one.txt', a.admin.userId], [3, two.id, 'two.txt', a.admin.userId]]);
    const now = async () => (await a.admin.get(`/documents/${document.id}`)).json;
    assert.deepEqual([(await now()).file_id, (await now()).content], [two.id, 'First words.']);
    const back = await a.admin.post(`/documents/${document.id}/restore_version`, { version_number: 2 });
    assert.equal(back.status, 200, back.text);
    assert.equal((await now()).file_id, one.id);
    assert.deepEqual((await versions()).map((v) => v.file_id), [null, one.id, two.id, one.id], 'and nothing is lost');
    assert.equal((await versions())[3].change_note, 'Version 2 again');
    assert.equal((await content(a.admin, two.id)).text, 'two');
    for (const body of [{}, { version_number: 99 }])
        assert.equal((await a.admin.post(`/documents/${document.id}/restore_version`, body)).status, 422);
});

test('the page of a document offers each earlier version, to look at and to have back', async () => {
    const client = recordOf(await a.admin.post('/clients', { name: 'Drafts' }));
    const document = recordOf(await a.admin.post('/documents', { name: 'Plan', client_id: client.id, content: 'First draft.' }));
    for (const content of ['Second draft.', 'Third draft.'])
        await a.admin.patch(`/documents/${document.id}`, { content, change_note: `Because of ${content}` });
    const pageFor = async (who) => {
        const cookie = await signIn(tenon, who);
        return { cookie, text: (await ask(tenon, 'GET', `/documents/${document.id}`, { headers: { cookie } })).text };
    };
    const offered = (text) => [...text.matchAll(/name="version_number" value="(\d+)"/g)].map((match) => match[1]);
    const { cookie, text } = await pageFor(a.admin);
    assert.deepEqual(offered(text), ['2', '1'], 'the newest is how it is');
    assert.match(text, /Because of Third draft\./);
    const versions = (await a.admin.get(`/document_versions?filter[document_id]=${document.id}&sort=number`)).json.data;
    for (const version of versions) assert.ok(text.includes(`href="/document_versions/${version.id}"`));
    const form = { version_number: '1', _csrf: await tokenOf(tenon, cookie) };
    const path = `/documents/${document.id}/restore_version`;
    assert.equal((await ask(tenon, 'POST', path, { headers: { cookie }, form })).status, 303);
    assert.equal((await a.admin.get(`/documents/${document.id}`)).json.content, 'First draft.');
    assert.deepEqual(offered((await pageFor(a.admin)).text), ['3', '2', '1']);
    assert.deepEqual(offered((await pageFor(a.read_only)).text), [], 'who may only read takes none');
});
