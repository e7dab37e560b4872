// once.test.mjs - several servers on one database: what may be done once is done once, whichever of them is asked.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

process.env.TENON_TEST_DATABASE ??= 'postgres';
const { Client, PASSWORD, Tenon } = await import('../http/support.mjs');
const { cluster } = await import('../http/postgres.mjs');

const server = await cluster();

const started = [];
after(async () => { for (const tenon of started.reverse()) await tenon.stop(); });

// Servers beside each other; the first one's database is theirs, and its key and files.
async function servers(count) {
    const all = [];
    for (let i = 0; i < count; i++) {
        const tenon = new Tenon();
        if (i > 0) Object.assign(tenon, { dir: all[0].dir, database: all[0].database });
        started.push(tenon);
        await tenon.start();
        all.push(tenon);
    }
    return all;
}

const setUp = (tenon, business) => {
    const code = /code ([\w-]+)/.exec(tenon.said.join('\n'))[1];
    const form = { code, business, name: 'Ada', email: `ada@${business.toLowerCase()}.example`, password: PASSWORD, country: 'AU',
        currency: 'AUD', timezone: 'Australia/Sydney' };
    return new Client(tenon, null).request('POST', '/setup', {
        raw: true, body: new URLSearchParams(form),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: tenon.url, 'sec-fetch-site': 'same-origin' },
    });
};

test('two who know the codes of two servers make one company', async () => {
    const two = await servers(2);
    const answers = await Promise.all([setUp(two[0], 'Fernhill'), setUp(two[1], 'Birchwood')]);
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 403], answers.map((a) => a.text).join('\n'));
    const { tenants } = await two[0].cli('tenant', 'list');
    assert.equal(tenants.length, 1);
    for (const tenon of two) assert.equal((await setUp(tenon, 'Larkspur')).status, 403, 'and from then on none');
    assert.equal((await two[0].cli('tenant', 'list')).tenants.length, 1);
});

test('companies of one name that are made at once get short names of their own', async () => {
    const [first] = await servers(1);
    // On a machine that is busy with others the turn of one may not come in time, and it is told to try again.
    const make = async (i) => {
        for (;;) {
            try {
                return await first.cli('tenant', 'create', 'Same Name', '--admin', `ada${i}@same.example`, '--password-file',
                    first.secret());
            } catch (error) {
                if (!error.message.includes('"code":"busy"')) throw error;
            }
        }
    };
    const made = await Promise.all([1, 2, 3, 4].map(make));
    assert.equal(new Set(made.map((m) => m.id)).size, 4);
    const { tenants } = await first.cli('tenant', 'list');
    assert.equal(tenants.length, 4);
});

test('a rule that counts holds across servers: of two last administrators who remove each other one stays', async () => {
    const two = await servers(2);
    const stay = () => server.sql(two[0].name, `SELECT count(DISTINCT u.id) FROM users u
        JOIN role_users m ON m.tenant_id = u.tenant_id AND m.user_id = u.id
        JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = m.role_id WHERE r.name = 'tenant_admin'
        AND u.is_active = 1 AND u.deleted_at IS NULL AND m.deleted_at IS NULL GROUP BY u.tenant_id`).flat();
    for (let round = 0; round < 3; round++) {
        const tenant = await two[0].tenant(`Rule ${round}`, { roles: ['tenant_admin'] });
        const [ada, bo] = [tenant.admin, await two[1].client(tenant.admin.email)];
        const { data: users } = (await ada.get('/users?sort=id')).json;
        const other = users.find((user) => user.id !== ada.userId);
        const { key } = await two[1].cli('key', 'create', '--user', other.email);
        bo.key = key;
        const answers = await Promise.all([
            ada.patch(`/users/${other.id}`, { is_active: false }),
            bo.patch(`/users/${ada.userId}`, { is_active: false }),
        ]);
        assert.deepEqual(stay(), Array(round + 1).fill('1'), answers.map((a) => a.text).join('\n'));
    }
});
