// naughty.test.mjs - strings that break programs, through every text field of every entity, come back byte for byte.
//
// The strings are those of the big list of naughty strings where TENON_DATA has it, and a few of our own always.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { errorsOf, recordOf, startTenon } from './support.mjs';
import { Maker, longest, stored, writable } from './values.mjs';
import { shape } from './shapes.mjs';

const OWN = ["'; DROP TABLE leads; --", '" OR 1=1 --', '<script>alert(1)</script>', '{{7*7}}', '${7*7}', '%s%n%x',
    '../../etc/passwd',
    'Ω≈ç√∫˜µ≤≥÷', 'ﾟ･✿ヾ╲(｡◕‿◕｡)╱✿･ﾟ', '田中さんにあげて下さい', 'שלום', '\u202Etest\u202C', '🏳‍🌈', '\u{1F469}\u200D\u{1F4BB}', '=1+1',
        '@SUM(1)', 'null',
    'NaN', '\\', '\\u0000', "O'Brien", '&lt;b&gt;', '\uFEFF', 'a\u0300', 'İ', 'ß'];
const file = process.env.TENON_DATA && join(process.env.TENON_DATA, 'torture/blns.json');
const strings = [...OWN, ...(file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [])]
    .filter((s) => s.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(s) && s.isWellFormed?.() !== false);

const tenon = await startTenon();
after(() => tenon.stop());
const { admin } = tenon.a;
const make = new Maker(tenon.schema, admin, shape);
// Fields whose rule asks for a certain form, so that free text is refused there.
const FORMED = new RegExp('^(resource|action|entity|country|country_code|currency|timezone|language|domain|domain_name|slug|'
    + 'password|ip_address)$');
const free = (e) => e.fields.filter((f) => writable(f) && stored(f) && !f.immutable && ['text', 'markdown'].includes(f.kind)
    && !FORMED.test(f.name));
const changeable = (e) => !e.internal && !e.read_only && !e.append_only && e.name !== 'tenants';
const entities = tenon.schema.filter((e) => changeable(e) && free(e).length > 0);

for (const entity of entities) {
    test(`${entity.name} keeps naughty strings byte for byte`, async () => {
        const fields = free(entity);
        const { record } = await make.create(entity.name, 'min');
        const path = `/${entity.name}/${record.id}`;
        const faults = [];
        // Each request sets all text fields at once, each to another string.
        for (let at = 0; at < strings.length; at += fields.length) {
            const body = {};
            fields.forEach((f, i) => {
                const s = strings[(at + i) % strings.length];
                if ([...s].length <= longest(f)) body[f.name] = s;
            });
            let answer = await admin.patch(path, body);
            for (const e of answer.status === 422 ? errorsOf(answer) : []) delete body[e.field];
            if (answer.status === 422) answer = await admin.patch(path, body);
            if (answer.status !== 200) {
                faults.push(`${answer.status} ${answer.text.slice(0, 200)} for ${JSON.stringify(body)}`);
                continue;
            }
            const read = recordOf(await admin.get(path));
            for (const [name, sent] of Object.entries(body)) {
                if (Buffer.from(read[name] ?? '').equals(Buffer.from(sent))) continue;
                faults.push(`${name}: sent ${JSON.stringify(sent)}, got ${JSON.stringify(read[name])}`);
            }
        }
        assert.deepEqual(faults, []);
    });
}

test('naughty strings in filters, searches and sort orders are only words', async () => {
    for (const s of strings.slice(0, 200)) {
        const q = encodeURIComponent(s.slice(0, 200));
        for (const path of [`/leads?q=${q}`, `/leads?filter[name]=${q}`, `/leads?filter[name][contains]=${q}`]) {
            const answer = await admin.get(path);
            assert.ok([200, 400].includes(answer.status), `${path}: ${answer.status}`);
        }
        for (const path of [`/leads?sort=${q}`, `/leads?filter[${q}]=1`, `/leads?cursor=${q}`]) {
            assert.equal((await admin.get(path)).status, 400, path);
        }
    }
});

test('the comparison can fail: two writings of one letter differ', () => {
    assert.ok(!Buffer.from('a\u0300').equals(Buffer.from('\u00e0')));
    assert.ok(strings.length >= 20 && entities.length >= 10);
});
