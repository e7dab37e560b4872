// bad_input.test.mjs - what is wrong with a request is answered with the right status, names the field, and writes nothing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { errorsOf, recordOf, startTenon } from './support.mjs';

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const ABSENT = 2 ** 52 + 1;
const json = { 'content-type': 'application/json' };
const good = { name: 'Meridian', email: 'info@meridian.example' };
const lead = recordOf(await admin.post('/leads', good));
const path = `/leads/${lead.id}`;
const body = (text, headers = json) => ({ body: text, headers });
const other = recordOf(await tenon.b.admin.post('/leads', good));
const cursor = (await (async () => {
    await admin.post('/leads', { name: 'Second' });
    return admin.get('/leads?limit=1&sort=name');
})()).json.next;

const deep = (n) => `${'{"custom_fields":'.repeat(1)}${'['.repeat(n)}${']'.repeat(n)}}`;
const latin1 = Buffer.concat([Buffer.from('{"name":"Zo'), Buffer.from([0xeb]), Buffer.from('"}')]);
const large = JSON.stringify({ name: 'x', description: 'y'.repeat(2 << 20) });

// [what, method, path, options, statuses, field named]
const cases = [
    ['an unknown field', 'POST', '/leads', { json: { ...good, no_such_field: 1 } }, [400, 422], 'no_such_field'],
    ['a field that is not to be set', 'POST', '/leads', { json: { ...good, converted_at: '2026-01-01T00:00:00Z' } },
        [400, 422], 'converted_at'],
    ['the id', 'POST', '/leads', { json: { ...good, id: 7 } }, [400, 422], 'id'],
    ['the tenant', 'POST', '/leads', { json: { ...good, tenant_id: tenon.b.id } }, [400, 422], 'tenant_id'],
    ['a number for a text', 'POST', '/leads', { json: { ...good, name: 12 } }, [422], 'name'],
    ['a text for a number', 'POST', '/leads', { json: { ...good, score: 'many' } }, [422], 'score'],
    ['a number beyond its limit', 'POST', '/leads', { json: { ...good, score: 101 } }, [422], 'score'],
    ['a word that is no choice', 'POST', '/leads', { json: { ...good, priority: 'whenever' } }, [422], 'priority'],
    ['an address without @', 'POST', '/leads', { json: { ...good, email: 'meridian.example' } }, [422], 'email'],
    ['an address with a second header', 'POST', '/leads', { json: { ...good, email: 'a@b.example\r\nBcc: c@d.example' } },
        [422], 'email'],
    ['a script for a website', 'POST', '/leads', { json: { ...good, website: 'javascript:alert(1)' } }, [422], 'website'],
    ['a day that is none', 'POST', '/leads', { json: { ...good, expected_close_on: '2026-02-30' } }, [422], 'expected_close_on'],
    ['an amount too precise', 'POST', '/leads', { json: { ...good, estimated_value: '1.005' } }, [422], 'estimated_value'],
    ['a text too long', 'POST', '/leads', { json: { ...good, name: 'x'.repeat(256) } }, [422], 'name'],
    ['a NUL in a text', 'POST', '/leads', { json: { ...good, name: 'a\u0000b' } }, [400, 422], null],
    ['a reference to nothing', 'POST', '/leads', { json: { ...good, lead_source_id: ABSENT } }, [404, 409, 422],
        'lead_source_id'],
    ['two faults', 'POST', '/leads', { json: { ...good, name: 12, score: 'x' } }, [422], 'score'],
    ['a wrong value on change', 'PATCH', path, { json: { score: -1 } }, [422], 'score'],
    ['an unknown field on change', 'PATCH', path, { json: { no_such_field: 1 } }, [400, 422], 'no_such_field'],
    ['the version on change', 'PATCH', path, { json: { version: 9 } }, [400, 422], 'version'],
    ['JSON cut short', 'POST', '/leads', body('{"name":"Mer'), [400], null],
    ['JSON with something behind it', 'POST', '/leads', body('{"name":"a"} x'), [400], null],
    ['a comma too many', 'POST', '/leads', body('{"name":"a",}'), [400], null],
    ['a list for an object', 'POST', '/leads', body('[1]'), [400, 422], null],
    ['a text for an object', 'POST', '/leads', body('"x"'), [400, 422], null],
    ['no body', 'POST', '/leads', { headers: json }, [400], null],
    ['the same key twice', 'POST', '/leads', body('{"name":"a","name":"b"}'), [400], null],
    ['brackets without end', 'POST', '/leads', body(deep(5000)), [400], null],
    ['a number that is none', 'POST', '/leads', body('{"name":"a","score":1e999}'), [400, 422], null],
    ['bytes that are not UTF-8', 'POST', '/leads', body(latin1), [400], null],
    ['a lone surrogate', 'POST', '/leads', body('{"name":"\\ud800"}'), [400, 422], null],
    ['a body over the limit', 'POST', '/leads', body(large), [413], null],
    ['a form for JSON', 'POST', '/leads', body('name=a', { 'content-type': 'application/x-www-form-urlencoded' }), [415], null],
    ['text for JSON', 'POST', '/leads', body('{"name":"a"}', { 'content-type': 'text/plain' }), [415], null],
    ['a stale version', 'PATCH', path, { json: { score: 1 }, headers: { 'if-match': '"999999"' } }, [412], null],
    ['a version that is none', 'PATCH', path, { json: { score: 1 }, headers: { 'if-match': 'W/"x' } }, [400, 412], null],
    ['a stale version on delete', 'DELETE', path, { headers: { 'if-match': '"999999"' } }, [412], null],
    ['a record that is not there', 'GET', `/leads/${ABSENT}`, {}, [404], null],
    ['another tenant\'s record', 'GET', `/leads/${other.id}`, {}, [404], null],
    ['another tenant\'s record on change', 'PATCH', `/leads/${other.id}`, { json: { name: 'mine' } }, [404], null],
    ['another tenant\'s record on delete', 'DELETE', `/leads/${other.id}`, {}, [404], null],
    ['an id that is none', 'GET', '/leads/first', {}, [404], null],
    ['id 0', 'GET', '/leads/0', {}, [404], null],
    ['a negative id', 'GET', '/leads/-1', {}, [404], null],
    ['an id beyond all numbers', 'GET', '/leads/99999999999999999999999', {}, [404], null],
    ['a road that is none', 'GET', '/no_such_things', {}, [404], null],
    ['a method that is none', 'PUT', '/leads', { json: good }, [404, 405], null],
    ['an action that is none', 'POST', `${path}/explode`, { json: {} }, [404, 405], null],
    ['a filter on nothing', 'GET', '/leads?filter[no_such_field]=1', {}, [400], 'no_such_field'],
    ['a filter on a hidden field', 'GET', '/users?filter[password_hash][starts]=a', {}, [400], 'password_hash'],
    ['a filter by no operator', 'GET', '/leads?filter[score][about]=1', {}, [400], 'score'],
    ['a filter of the wrong type', 'GET', '/leads?filter[score][gte]=many', {}, [400, 422], 'score'],
    ['a filter half written', 'GET', '/leads?filter[score=1', {}, [400], null],
    ['an order by nothing', 'GET', '/leads?sort=no_such_field', {}, [400], 'sort'],
    ['an order by SQL', 'GET', '/leads?sort=name%3BDROP%20TABLE%20leads', {}, [400], 'sort'],
    ['a field to show that is none', 'GET', '/leads?fields=id,no_such_field', {}, [400], 'fields'],
    ['an inclusion that is none', 'GET', '/leads?include=everything', {}, [400], 'include'],
    ['no rows a page', 'GET', '/leads?limit=0', {}, [400], 'limit'],
    ['too many rows a page', 'GET', '/leads?limit=100000', {}, [400], 'limit'],
    ['a word for a limit', 'GET', '/leads?limit=ten', {}, [400], 'limit'],
    ['a cursor that is none', 'GET', '/leads?cursor=abc', {}, [400], 'cursor'],
    ['a cursor cut short', 'GET', `/leads?sort=name&cursor=${encodeURIComponent(cursor.slice(0, -3))}`, {}, [400], 'cursor'],
    ['a cursor of another order', 'GET', `/leads?sort=-created_at&cursor=${encodeURIComponent(cursor)}`, {}, [400], 'cursor'],
    ['a parameter that is none', 'GET', '/leads?limt=5', {}, [400], 'limt'],
    ['an escape that is none', 'GET', '/leads?q=%zz', {}, [400], null],
    ['a NUL in the address', 'GET', '/leads?q=%00', {}, [400], null],
    ['bytes in the address that are not UTF-8', 'GET', '/leads?q=%ff%fe', {}, [400], null],
];

const fingerprint = async () => JSON.stringify([await admin.all('/leads'), await admin.all('/leads?trash=true'),
    await tenon.b.admin.all('/leads')]);
const before = await fingerprint();

for (const [what, method, where, options, statuses, field] of cases) {
    test(`refused: ${what} (${method} ${where.slice(0, 60)})`, async () => {
        const answer = await admin.request(method, where, options);
        assert.ok(statuses.includes(answer.status),
            `status ${answer.status}, expected ${statuses}: ${answer.text.slice(0, 400)}`);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
        assert.equal(answer.json?.status, answer.status);
        assert.ok(answer.json.title, 'the problem has a title');
        if (field) assert.ok(errorsOf(answer).some((e) => e.field === field), `${field} is named: ${answer.text.slice(0, 400)}`);
        assert.doesNotMatch(answer.text, /sqlite|SELECT|src\/|0x[0-9a-f]{6}/i, 'nothing of the inside is told');
    });
}

test('nothing was written by all of these', async () => {
    assert.equal(await fingerprint(), before);
});

test('a form that has two faults names both', async () => {
    const answer = await admin.post('/leads', { name: 12, score: 'x' });
    assert.deepEqual(errorsOf(answer).map((e) => e.field).sort(), ['name', 'score']);
});

test('nobody and wrong keys are asked to sign in', async () => {
    for (const headers of [{}, { authorization: 'Bearer tnk_wrong' }, { authorization: 'Bearer ' },
        { authorization: 'Basic YTpi' }]) {
        for (const [method, where] of [['GET', '/leads'], ['GET', path], ['POST', '/leads'], ['PATCH', path], ['DELETE', path],
            ['GET', '/me']]) {
            const answer = await tenon.nobody.request(method, where, { headers, json: method === 'GET' ? undefined : good });
            assert.equal(answer.status, 401, `${method} ${where} ${JSON.stringify(headers)}: ${answer.text.slice(0, 200)}`);
        }
    }
    assert.equal(await fingerprint(), before);
});

test('the same idempotency key makes one record, and refuses another body', async () => {
    const headers = { 'idempotency-key': 'sweep-1' };
    const first = await admin.post('/leads', { name: 'Once' }, { headers });
    const again = await admin.post('/leads', { name: 'Once' }, { headers });
    assert.equal(first.status, 201);
    assert.equal(again.status, 201);
    assert.equal(recordOf(again).id, recordOf(first).id);
    const changed = await admin.post('/leads', { name: 'Twice' }, { headers });
    assert.ok([409, 422].includes(changed.status), `${changed.status}`);
    assert.equal((await admin.all('/leads?filter[name]=Twice')).length, 0);
});

test('the checks can fail: good requests are taken, and the fingerprint sees them', async () => {
    const answer = await admin.post('/leads', { ...good, name: 'Control' });
    assert.equal(answer.status, 201, answer.text);
    assert.notEqual(await fingerprint(), before);
    assert.equal((await admin.patch(path, { score: 1 })).status, 200);
    assert.equal((await admin.get(`/leads?sort=name&limit=1&cursor=${encodeURIComponent(cursor)}`)).status, 200);
});
