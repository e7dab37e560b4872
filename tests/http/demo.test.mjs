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

// The links of a client's overview: [{ entity, path, count }].
function overview(html) {
    const nav = /<nav class="overview"[^]*?<\/nav>/.exec(html)?.[0] ?? '';
    const links = [...nav.matchAll(/<a (?:class="open" )?href="([^"]+)">([^]*?)<\/a>/g)];
    return links.map(([, href, text]) => {
        const path = href.replaceAll('&amp;', '&');
        const count = /(?:class="n">|^)(\d+)/.exec(text)?.[1];
        return { entity: /^\/(\w+)/.exec(path)[1], path, count: Number(count ?? 0) };
    });
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
        await each(links, async ({ path, count }) => {
            const answer = await company.admin.get(`${path}&count=exact&limit=1`);
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
