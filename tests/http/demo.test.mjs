// demo.test.mjs - the demo companies as people see them: every list, board and record opens, what is switched off is not there,
// and a client's page tells of all that the client has.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DATABASE, PASSWORD, Tenon, recordOf, run } from './support.mjs';
import { ask, signIn } from './browser.mjs';

// Beside PostgreSQL one is enough: what they hold does not depend on where it is.
const BUSINESSES = DATABASE === 'sqlite' ? ['sales', 'msp', 'property', 'moving'] : ['msp'];
const AT_ONCE = 6;

const tenon = new Tenon();
const companies = {};

before(async () => {
    await tenon.migrate();
    tenon.schema = (await tenon.cli('schema')).entities;
    const which = BUSINESSES.length > 1 ? 'all' : BUSINESSES[0];
    const made = [await tenon.cli('demo', '--business', which, '--password-file', tenon.secret())].flat();
    made.forEach((company, i) => { companies[BUSINESSES[i]] = company; });
    await tenon.start();
    for (const company of Object.values(companies)) {
        const { email } = company.users.find((u) => u.role === 'tenant_admin');
        company.admin = await tenon.client(email);
        company.cookie = await signIn(tenon, { email, password: PASSWORD });
        company.packs = recordOf(await company.admin.get(`/tenants/${company.tenant_id}`)).packs;
    }
});
after(() => tenon.stop());

async function each(list, work) {
    const rest = [...list];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (rest.length) await work(rest.shift());
    }));
}

const page = (company, path) => ask(tenon, 'GET', path, { headers: { cookie: company.cookie } });

for (const business of BUSINESSES) {
    test(`every list, board and record of the ${business} company opens, and nothing of what it has switched off`, async () => {
        const company = companies[business];
        const wrong = [];
        await each(tenon.schema, async ({ name, pack }) => {
            const list = await page(company, `/${name}`);
            if (pack !== 'core' && !company.packs.includes(pack)) {
                if (list.status !== 404) wrong.push(`${name} is switched off, and answers ${list.status}`);
                return;
            }
            if (list.status === 404) return; // nobody's pages
            const rows = (await company.admin.get(`/${name}?limit=1`)).json?.data ?? [];
            const board = await page(company, `/${name}/board`);
            const record = rows.length ? await page(company, `/${name}/${rows[0].id}`) : { status: 200 };
            if (list.status !== 200) wrong.push(`the list of ${name}: ${list.status}`);
            if (![200, 404].includes(board.status)) wrong.push(`the board of ${name}: ${board.status}`);
            if (record.status !== 200) wrong.push(`a record of ${name}: ${record.status}`);
        });
        assert.deepEqual(wrong, []);
    });
}

// What is nobody's in particular, so that two records that belong together may each name another.
const SHARED = ['users', 'locations', 'files', 'campaigns', 'vendors', 'equipment', 'networks', 'templates'];

// Two ways from a record must lead to the same: the client of a ticket is that of its machine, the lot of a reservation that of
// its deal. [{ entity, by, to, path }] of a schema: record.by leads to another, whose field `to` the record has as well.
function twoWays(schema) {
    const ways = [];
    for (const { name, fields } of schema) {
        const refs = fields.filter((f) => f.to && !SHARED.includes(f.to));
        for (const by of refs) {
            const far = schema.find((e) => e.name === by.to)?.fields ?? [];
            for (const { name: to, to: target } of refs) {
                if (to !== by.name && far.some((f) => f.name === to && f.to === target)) ways.push({ entity: name, by, to });
            }
        }
    }
    return ways;
}

test('two ways that lead from a record to another lead to the same one', async () => {
    const ways = twoWays(tenon.schema.filter((e) => !e.internal));
    assert.ok(ways.length > 40, `${ways.length} ways`);
    const wrong = [];
    let looked = 0;
    for (const company of Object.values(companies)) {
        const kept = new Map();
        const rowsOf = (entity) => {
            const { pack } = tenon.schema.find((e) => e.name === entity);
            if (!kept.has(entity))
                kept.set(entity, pack === 'core' || company.packs.includes(pack) ? company.admin.all(`/${entity}`) : []);
            return kept.get(entity);
        };
        await each(ways, async ({ entity, by, to }) => {
            const there = new Map((await rowsOf(by.to)).map((row) => [row.id, row]));
            for (const row of await rowsOf(entity)) {
                const via = there.get(row[by.name]);
                if (!via || !via[to] || !row[to]) continue;
                looked++;
                if (via[to] !== row[to]) wrong.push(`${company.name}: ${entity} ${row.id}: ${to} is not that of its ${by.name}`);
            }
        });
    }
    assert.deepEqual(wrong.slice(0, 20), []);
    assert.ok(looked > 500, `${looked} looked at`);
});

// The links of a client's overview: [{ entity, path, count, here }]; here: to its records in the client's own page, rather than
// to a list of those that are open.
function overview(html) {
    const nav = /<nav class="overview"[^]*?<\/nav>/.exec(html)?.[0] ?? '';
    const links = [...nav.matchAll(/<a (?:class="open" )?href="([^"]+)">([^]*?)<\/a>/g)];
    return links.map(([, href, text]) => {
        const path = href.replaceAll('&amp;', '&');
        const count = /(?:class="n">|^)(\d+)/.exec(text)?.[1];
        const here = /[?]list=(\w+)/.exec(path)?.[1];
        return { entity: here ?? /^\/(\w+)/.exec(path)[1], path, count: Number(count ?? 0), here: here !== undefined };
    });
}

// What a record's page shows of the records that lead to it: how many rows, and the address of the whole list.
async function shownRows(company, path) {
    const section = /<section class="rec-rows">[^]*?<\/section>/.exec((await page(company, path)).text)?.[0] ?? '';
    const list = /<a class="btn ghost sm" href="([^"]+)"/.exec(section)?.[1].replaceAll('&amp;', '&');
    return { rows: [...section.matchAll(/<tr id="r\d+">/g)].length, list };
}

async function busiest(company, entity) {
    const rows = await company.admin.all(`/${entity}?fields=client_id`);
    const counts = new Map();
    for (const { client_id } of rows) if (client_id) counts.set(client_id, (counts.get(client_id) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}

const PAGES = [
    ['msp', 'tickets', ['tickets', 'assets', 'licenses', 'invoices'], 'journeys'],
    ['property', 'reservations', ['reservations', 'deals'], 'tickets'],
    ['moving', 'journeys', ['journeys', 'invoices'], 'assets'],
];
for (const [business, entity, shown, off] of PAGES) {
    if (!BUSINESSES.includes(business)) continue;
    test(`a client's page of the ${business} company counts all that the client has, each leading to just these`, async () => {
        const company = companies[business];
        const client = await busiest(company, entity);
        const html = (await page(company, `/clients/${client}`)).text;
        const links = overview(html);
        const names = links.map((link) => link.entity);
        for (const name of shown) assert.ok(names.includes(name), `${name} in ${names}`);
        assert.ok(!names.includes(off), `${off} is switched off`);
        await each(links, async ({ path, count, here }) => {
            const { rows, list } = here ? await shownRows(company, path) : { list: path };
            if (here) assert.equal(rows, Math.min(count, 20), path);
            if (here && !count) return;
            const answer = await company.admin.get(`${list}&count=exact&limit=1`);
            assert.equal(answer.status, 200, path);
            assert.equal(answer.json.total, count, path);
        });
        const one = tenon.schema.find((e) => e.name === entity);
        assert.ok(links.some((link) => link.entity === one.name && link.count > 0));
        assert.equal((await company.admin.get(`/clients/${client}/${entity}?count=exact&limit=1`)).json.total,
            links.find((link) => link.entity === entity).count);
    });
}

test('the overview names only what somebody may read', async () => {
    const company = companies.msp;
    const { email } = company.users.find((u) => u.role === 'read_only');
    const cookie = await signIn(tenon, { email, password: PASSWORD });
    const client = (await company.admin.get('/clients?limit=1')).json.data[0].id;
    const html = (await ask(tenon, 'GET', `/clients/${client}`, { headers: { cookie } })).text;
    const names = overview(html).map((link) => link.entity);
    assert.ok(names.includes('contacts'), `${names}`);
    assert.ok(!names.includes('credentials'), `${names}`);
});

test('the sign-in page names every demo company and somebody of each of its roles', async () => {
    const { text } = await ask(tenon, 'GET', '/login');
    for (const company of Object.values(companies)) {
        assert.ok(text.includes(`<b>${company.name.replace('&', '&amp;')}</b> is a made-up company`), company.name);
        for (const role of new Set(company.users.map((user) => user.role))) {
            const emails = company.users.filter((user) => user.role === role).map((user) => user.email);
            assert.equal(emails.filter((email) => text.includes(`>${email}<`)).length, 1, `${company.name}: ${role}`);
        }
    }
    assert.equal(text.match(/<details[^>]+ open/g)?.length ?? 1, 1, 'one is open');
    assert.equal((text.match(/class="signin-company"/g) ?? [0]).length, BUSINESSES.length);
});

test('a business, size or seed that is none is refused by its name', async () => {
    const refused = async (...args) => {
        const done = await run(['demo', '--json', ...args, '--database', tenon.databaseFor(['demo'])], { cwd: tenon.dir });
        assert.equal(done.status, 1, done.stderr);
        return done.stderr.split('\n').find((line) => line.startsWith('{"error"'));
    };
    assert.match(await refused('--business', 'whaling'), /whaling/);
    assert.match(await refused('--size', '0'), /--size/);
    assert.match(await refused('--size', '101'), /--size/);
    assert.match(await refused('--size', 'big'), /--size/);
    assert.match(await refused('--seed', 'lucky'), /--seed/);
});
