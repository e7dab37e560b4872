// order.test.mjs - the order of lists and what filters and searches find are the same on every database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { recordOf, startTenon } from './support.mjs';

let tenon, admin;
const leads = [];
before(async () => {
    tenon = await startTenon();
    ({ admin } = tenon.a);
    const names = ['Zebra', 'apple', 'Äpfel', 'Apple', 'zebra', 'éclair', 'Eclair', 'o\'Neil_50%', 'ONEIL', 'Straße',
        '日本 solar', '😀'];
    for (const [i, name] of names.entries()) {
        const made = await admin.post('/leads', { name, company_name: i % 3 ? `Ümlaut ${i % 2} GmbH` : null,
            next_followup_at: i % 4 ? `2026-01-0${i % 4}T00:00:00Z` : null });
        assert.equal(made.status, 201, made.text);
        leads.push(recordOf(made));
    }
});
after(() => tenon.stop());

// NULL before everything, texts byte by byte, times as moments (a whole second is written without its thousandths), ids last:
// in the direction of the first key.
function expected(key, falling) {
    const of = (row) => (key.endsWith('_at') && row[key] ? Date.parse(row[key]) : row[key] ?? null);
    const bytes = (v) => (typeof v === 'string' ? Buffer.from(v) : v);
    const compare = (a, b) => {
        if (a === b) return 0;
        if (a === null || a === undefined) return -1;
        if (b === null || b === undefined) return 1;
        return typeof a === 'string' ? Buffer.compare(bytes(a), bytes(b)) : a - b;
    };
    const rows = [...leads].sort((x, y) => compare(of(x), of(y)) || x.id - y.id);
    return (falling ? rows.reverse() : rows).map((r) => r.id);
}

for (const key of ['name', 'next_followup_at', 'company_name', 'created_at', 'id']) {
    for (const falling of [false, true]) {
        test(`sorted by ${key}, ${falling ? 'falling' : 'rising'}: the same on one page, and on many`, async () => {
            const sort = `/leads?sort=${falling ? '-' : ''}${key}`;
            const want = expected(key, falling);
            for (const limit of [200, 5, 1]) {
                assert.deepEqual((await admin.all(sort, limit)).map((r) => r.id), want, `pages of ${limit}`);
            }
        });
    }
}

const found = async (query) => {
    const answer = await admin.get(`/leads?sort=id&limit=200&${query}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.json.data.map((r) => r.name);
};
const filters = {
    'filter[name][contains]=APPLE': ['apple', 'Apple'],
    'filter[name][contains]=%C3%84PF': ['Äpfel'], // Äpf: letters beyond A to Z count as they stand
    'filter[name][contains]=%C3%A4pf': [],
    'filter[name][contains]=_50%25': ['o\'Neil_50%'],
    'filter[name][contains]=%25': ['o\'Neil_50%'],
    'filter[name][contains]=%5C': [],
    'filter[name][starts]=z': ['Zebra', 'zebra'],
    'filter[name]=apple': ['apple'],
    'filter[name]=apple,Zebra': ['Zebra', 'apple'],
    'filter[next_followup_at][null]=true': ['Zebra', 'zebra', 'ONEIL'],
    'q=apfel': ['Äpfel'],
    'q=ECL': ['éclair', 'Eclair'],
    'q=gmbh+ecl': ['éclair'],
    'q=o%27neil': ['o\'Neil_50%'],
    'q=strasse': [],
    'q=stra%C3%9Fe': ['Straße'],
    'q=%E6%97%A5': ['日本 solar'],
    'q=sol': ['日本 solar'],
    'q=%27%3A*%26%7C!()%22%5C': [],
};
for (const [query, names] of Object.entries(filters)) {
    test(`${decodeURIComponent(query)} finds ${names.join(', ') || 'nothing'}`, async () => {
        assert.deepEqual(await found(query), names);
    });
}
