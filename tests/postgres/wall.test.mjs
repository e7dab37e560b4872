// wall.test.mjs - the second wall: what hand-written SQL can do as the role of the server, with a tenant, with another, or none.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { ADMIN, APP, OWNER, cluster } from '../http/postgres.mjs';

process.env.TENON_TEST_DATABASE ??= 'postgres';
const { Tenon, run } = await import('../http/support.mjs');
const server = await cluster();
if (!server.bouncer) await server.pool();
const base = `wall_${process.pid}`;
after(() => server.drop(base));

const A = 11, B = 12;
// What a column gets where nothing is known of it.
const filler = { bigint: '1', text: `'x'`, tsvector: `''` };
let tables;

// As the server's role, inside a transaction that names this tenant; undefined names none. ROLLBACK, so that tests do not meet.
const as = (tenant, sql, options) => server.sql(base, `BEGIN;
    ${tenant === undefined ? '' : `SET LOCAL tenon.tenant = '${tenant}';`} ${sql}; ROLLBACK`, APP, options);
const count = (tenant, sql) => Number(as(tenant, sql)[0][0]);
const changed = (tenant, sql) => count(tenant, `WITH done AS (${sql} RETURNING 1) SELECT count(*) FROM done`);

before(() => {
    server.create(base);
    const columns = server.sql(base, `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
        WHERE c.table_schema = 'public' AND EXISTS (SELECT FROM information_schema.columns t WHERE t.table_schema = 'public'
        AND t.table_name = c.table_name AND t.column_name = 'tenant_id') ORDER BY 1, 2`);
    tables = new Map();
    for (const [table, name, type] of columns) tables.set(table, [...tables.get(table) ?? [], { name, type }]);
    const rows = [];
    for (const [table, list] of tables) {
        for (const [i, tenant] of [[1, A], [2, A], [3, B], [4, B]]) {
            const value = { bigint: i, tsvector: `''` };
            const values = list.map(({ name, type }) => ({ tenant_id: tenant, id: i, deleted_at: 'NULL' })[name]
                ?? value[type] ?? `'${table} ${name} ${i}'`);
            rows.push(`INSERT INTO ${table} (${list.map((c) => c.name)}) VALUES (${values});`);
        }
    }
    rows.push(...[A, B].map((id) => `INSERT INTO tenants (id, name, timezone, country, currency, language, retention_days,
        fiscal_month, fiscal_day, created_at, updated_at)
        VALUES (${id}, 'Company ${id}', 'UTC', 'AU', 'AUD', 'en', 90, 'july', 1, 1, 1);`));
    server.sql(base, `SET session_replication_role = replica; ${rows.join('\n')}`, ADMIN);
});

test('a connection that named no tenant sees no row of any', () => {
    assert.ok(tables.size > 25);
    for (const table of [...tables.keys(), 'tenants']) {
        assert.equal(count(undefined, `SELECT count(*) FROM ${table}`), 0, table);
        assert.equal(count('', `SELECT count(*) FROM ${table}`), 0, table);
    }
    assert.equal(Number(server.sql(base, 'SELECT count(*) FROM leads', ADMIN)[0][0]), 4, 'the control: they are there');
});

test('a tenant sees its own rows of every table, and none of another', () => {
    for (const table of tables.keys()) {
        assert.deepEqual(as(A, `SELECT tenant_id, count(*) FROM ${table} GROUP BY 1`), [[String(A), '2']], table);
        assert.equal(count(A, `SELECT count(*) FROM ${table} WHERE tenant_id = ${B} OR id = 3`), 0, table);
    }
    assert.deepEqual(as(A, 'SELECT id FROM tenants'), [[String(A)]]);
});

test('hand-written SQL cannot change or delete the rows of another', () => {
    for (const table of tables.keys()) {
        const value = tables.get(table).find(({ name, type }) => type === 'text' && name !== 'id');
        const set = value ? `${value.name} = 'taken'` : 'id = id';
        assert.equal(changed(A, `UPDATE ${table} SET ${set} WHERE tenant_id = ${B}`), 0, table);
        assert.equal(changed(A, `UPDATE ${table} SET ${set} WHERE id IN (3, 4)`), 0, table);
        assert.equal(changed(A, `DELETE FROM ${table} WHERE id IN (3, 4)`), 0, table);
    }
    assert.equal(changed(A, `UPDATE tenants SET name = 'taken' WHERE id = ${B}`), 0);
});

test('nor write a row for another, or hand one of its own to it', () => {
    const refused = /new row violates row-level security policy/;
    for (const [table, list] of tables) {
        const copy = list.map(({ name }) => (name === 'tenant_id' ? B : name === 'id' ? 99 : name));
        const insert = `INSERT INTO ${table} (${list.map((c) => c.name)}) SELECT ${copy} FROM ${table} WHERE id = 1`;
        assert.throws(() => as(A, insert), refused, table);
        assert.throws(() => as(A, `UPDATE ${table} SET tenant_id = ${B} WHERE id = 1`), refused, table);
        const values = list.map(({ name, type }) => ({ tenant_id: A, id: 99 })[name] ?? filler[type]);
        const own = `INSERT INTO ${table} (${list.map((c) => c.name)}) VALUES (${values})`;
        assert.throws(() => as(undefined, own), refused, `${table} without a tenant`);
    }
});

test('a reference to a record of another is refused even to the owner', () => {
    const point = (lead, source) => server.sql(base,
        `BEGIN; UPDATE leads SET lead_source_id = ${source} WHERE id = ${lead}; ROLLBACK`);
    assert.throws(() => point(1, 3), /violates foreign key constraint "leads_lead_source_id_fkey"/);
    assert.doesNotThrow(() => point(1, 2), 'the control: the same within one company');
});

test('the role of the server owns nothing, and can take nothing down', () => {
    const refused = /must be owner|permission denied|must be superuser|must have/;
    for (const sql of ['ALTER TABLE leads DISABLE ROW LEVEL SECURITY', 'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY',
        'DROP POLICY of_tenant ON leads', 'CREATE POLICY all_of_it ON leads USING (true)', 'TRUNCATE leads', 'DROP TABLE leads',
        'CREATE TABLE mine (id bigint)', 'ALTER ROLE tenon_app BYPASSRLS', 'SET ROLE tenon_owner', 'SET ROLE admin',
        `UPDATE migrations SET checksum = ''`, 'INSERT INTO plans (id, name) VALUES (1, \'free\')',
        'SET session_replication_role = replica', 'SET row_security = off; SELECT * FROM leads']) {
        assert.throws(() => as(A, sql), sql.includes('row_security') ? /would be affected by row-level security/ : refused, sql);
    }
    assert.equal(server.sql(base, `SELECT count(*) FROM pg_class WHERE relowner = '${APP}'::regrole`)[0][0], '0');
});

test('the index of words answers for the tenant of the transaction, whatever is asked', () => {
    server.sql(base, `UPDATE search_docs SET lexemes = '''00000000B|solar'' ''00000000C|solar'''`, ADMIN);
    const everything = `'00000000B|solar' | '00000000C|solar' | '0':*`.replaceAll(`'`, `''`);
    assert.deepEqual(as(A, `SELECT search_hits('${everything}') ORDER BY 1`), [['1'], ['2']]);
    assert.deepEqual(as(B, `SELECT id FROM search_newest('${everything}', 10)`), [['4'], ['3']]);
    assert.deepEqual(as(undefined, `SELECT search_hits('${everything}')`), []);
    assert.throws(() => server.sql(base, `CREATE ROLE stranger LOGIN; SET ROLE stranger; SELECT search_hits('x')`, ADMIN),
        /permission denied for function/);
    server.sql(base, 'DROP ROLE IF EXISTS stranger', ADMIN);
});

test('what is the platform\'s is taken for one transaction only', () => {
    const seen = server.sql(base, `BEGIN; SET LOCAL ROLE tenon_platform; SELECT count(*) FROM leads; COMMIT;
        SELECT count(*) FROM leads`, APP);
    assert.deepEqual(seen.flat().join('').trim().split(/\s+/), ['4', '0']);
});

// One client of PgBouncer, which does one transaction after the other and says what it saw.
function client(lines) {
    const child = spawn('psql', ['-XqAt', '-h', server.dir, '-p', String(server.bouncer), '-U', APP, '-d', base, '-f', '-'],
        { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (text) => { out += text; });
    const ended = new Promise((done) => child.on('close', () => done(out.split('\n').filter(Boolean))));
    child.stdin.end(lines.join('\n'));
    return ended;
}
const LOOK = (tenant) => `SELECT ${tenant} || ':' || coalesce(string_agg(DISTINCT tenant_id::text, ','), 'none') FROM leads;`;

test('tenants that share few connections through PgBouncer never see each other', async () => {
    const rounds = 150;
    const work = (tenant) => Array.from({ length: rounds }, (_, i) => [
        `BEGIN; SELECT set_config('tenon.tenant', '${tenant}', true) WHERE false; SET LOCAL tenon.tenant = '${tenant}';`,
        LOOK(tenant), i % 3 ? 'COMMIT;' : 'ROLLBACK;', LOOK(0)].join(' '));
    const clients = [A, B, A, B, A, B, A, B, A, B, A, B].map((tenant) => client(work(tenant)));
    const seen = (await Promise.all(clients)).flat();
    assert.equal(seen.length, 12 * rounds * 2);
    assert.deepEqual(new Set(seen), new Set([`${A}:${A}`, `${B}:${B}`, '0:none']));
});

test('the control: a tenant that is set for the session leaks to the next client', async () => {
    const work = [A, B].map((tenant) => Array.from({ length: 50 }, () => [`SET tenon.tenant = '${tenant}';`, LOOK(0)]).flat());
    const seen = (await Promise.all([...work, ...work, ...work].map(client))).flat();
    assert.ok(seen.some((line) => line !== '0:none'), 'rows of whoever had the connection before');
    server.sql(base, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${APP}' AND datname = '${base}'`);
});

const refusal = async (url) => {
    const tenon = new Tenon({ empty: true });
    const done = await run(['serve', '--listen', '127.0.0.1:0', '--database', url], { cwd: tenon.dir });
    await tenon.stop();
    return done;
};

test('a role before which the wall does not stand may not serve, and hears why', async () => {
    server.sql(base, `DROP ROLE IF EXISTS wall_bypass, wall_plain, wall_inherits; CREATE ROLE wall_bypass LOGIN BYPASSRLS;
        CREATE ROLE wall_plain LOGIN; CREATE ROLE wall_inherits LOGIN; GRANT tenon_platform TO wall_inherits;
        GRANT SELECT ON migrations TO wall_bypass, wall_plain, wall_inherits`);
    const cases = { [ADMIN]: /superuser/, [OWNER]: /owns the tables/, wall_bypass: /BYPASSRLS/,
        wall_plain: /--app-role wall_plain/,
        wall_inherits: /NOINHERIT/ };
    for (const [role, why] of Object.entries(cases)) {
        const done = await refusal(server.url(base, role));
        assert.equal(done.status, 1, role);
        assert.match(done.stderr, why, role);
    }
    server.sql(base, 'ALTER TABLE leads NO FORCE ROW LEVEL SECURITY', OWNER);
    assert.match((await refusal(server.url(base))).stderr, /The table leads has no wall/);
    const doctor = await run(['doctor', '--json', '--database', server.url(base)]);
    const check = JSON.parse(doctor.stdout).checks.find((c) => /role/.test(c.check));
    assert.deepEqual([doctor.status, check.ok], [1, false]);
    assert.match(check.detail, /tenon migrate/);
    assert.equal((await run(['migrate', '--database', server.url(base, OWNER)])).status, 0, 'which puts it right');
    assert.equal(JSON.parse((await run(['doctor', '--json', '--database', server.url(base)])).stdout).ok, true);
    server.sql(base, `REVOKE SELECT ON migrations FROM wall_bypass, wall_plain, wall_inherits;
        DROP ROLE wall_bypass, wall_plain, wall_inherits`);
});

test('migrate makes a role with a password of a name of one\'s own, and can be run again', async () => {
    const tenon = new Tenon({ empty: true });
    const migrate = () => run(['migrate', '--json', '--database', tenon.owner, '--app-role', 'Odd "role"', '--app-password-file',
        tenon.secret(`it's "quoted"`)], { cwd: tenon.dir });
    try {
        assert.ok(JSON.parse((await migrate()).stdout).applied > 0);
        assert.equal(JSON.parse((await migrate()).stdout).applied, 0);
        const doctor = (password) => run(['doctor', '--json', '--database', `postgres://${encodeURIComponent('Odd "role"')}:${
            encodeURIComponent(password)}@127.0.0.1:${server.port}/${tenon.name}`], { cwd: tenon.dir });
        const right = await doctor(`it's "quoted"`);
        assert.equal(JSON.parse(right.stdout).ok, true, right.stdout);
        assert.ok(!right.stdout.includes('quoted'), 'the password is not printed');
        const wrong = await doctor('guess');
        assert.equal(wrong.status, 1);
        assert.match(wrong.stdout, /password/);
        const weak = await run(['migrate', '--database', tenon.owner, '--app-password-file', tenon.secret('größe')]);
        assert.match(weak.stderr, /ASCII/);
    } finally {
        await tenon.stop();
        server.sql('postgres', 'DROP ROLE IF EXISTS "Odd ""role"""');
    }
});
