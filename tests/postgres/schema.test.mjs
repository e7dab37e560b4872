// schema.test.mjs - the tables in PostgreSQL are those that the entities ask for, made to be spread, and their indexes serve.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { OWNER, cluster } from '../http/postgres.mjs';
import { run } from '../http/support.mjs';

const server = await cluster();
const names = ['migrated', 'derived', 'spread', 'many'].map((n) => `${n}_${process.pid}`);
const [migrated, derived, spread, many] = names;
after(() => names.forEach((name) => server.drop(name)));
server.create(migrated);

const lock = readFileSync('migrations/schema.lock', 'utf8').split('\n').filter(Boolean);
const schema = async (...args) => (await run(['schema', ...args])).stdout;
// Sorted, without what pg_dump draws by lot, and without the commas between columns: one that was added later stands last.
const lines = (database) => server.structure(database).split('\n').filter((line) => !/^\\(un)?restrict /.test(line))
    .map((line) => line.replace(/,$/, '')).sort();

// Tables of a tenant, as the database has them.
const tenantTables = (database) => server.sql(database, `SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`).map(([name]) => name);

test('the migrations build what the entities ask for', async () => {
    server.empty(derived);
    server.sql(derived, await schema('--sql', 'postgres'), OWNER);
    const without = lines(migrated).filter((line) => !/\bmigrations(_pkey)?\b/.test(line));
    const own = new Set(lines(derived));
    const missing = without.filter((line) => !own.has(line) && !/^ {4}(version|name|checksum|applied_at) /.test(line));
    assert.deepEqual(missing, [], 'the migrations build something else');
    const built = new Set(lines(migrated));
    assert.deepEqual([...own].filter((line) => !built.has(line)), [], 'the migrations do not build this: run make migration');
});

test('each column of the lock stands in its table with its type, and no other', () => {
    const columns = server.sql(migrated, `SELECT table_name, column_name, data_type, is_nullable, coalesce(collation_name, '')
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'search_docs')`);
    const have = columns.map(([table, name, type, nullable, collation]) => {
        if (type === 'text') assert.equal(collation, 'C', `${table}.${name} is compared byte by byte`);
        const kind = { bigint: 'integer', text: 'text' }[type];
        return `column ${table}.${name} ${kind}${nullable === 'NO' ? ' required' : ''}`;
    });
    const want = lock.filter((line) => line.startsWith('column ')).map((line) => line.replace(/ references \w+$/, ''));
    assert.deepEqual(have.sort(), want.sort());
});

test('every key of a tenant table leads with the tenant, and every reference between them holds it', () => {
    const tables = tenantTables(migrated);
    assert.ok(tables.includes('leads') && tables.includes('search_docs') && tables.length > 25);
    const indexes = server.sql(migrated, `SELECT c.relname, i.relname, a.attname, am.amname FROM pg_index x
        JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am am ON am.oid = i.relam
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0] WHERE c.relnamespace = 'public'::regnamespace`);
    const other = indexes.filter(([table, , first, kind]) => tables.includes(table) && first !== 'tenant_id' && kind !== 'gin');
    assert.deepEqual(other, []);
    const references = server.sql(migrated, `SELECT c.conrelid::regclass, c.confrelid::regclass, pg_get_constraintdef(c.oid)
        FROM pg_constraint c WHERE c.contype = 'f'`);
    assert.equal(references.length, lock.filter((line) => / references /.test(line)).length);
    for (const [from, to, text] of references) {
        if (!tables.includes(from)) assert.ok(!tables.includes(to), `${from} belongs to no tenant, but refers to ${to}`);
        else if (tables.includes(to)) assert.match(text, /^FOREIGN KEY \(tenant_id, \w+\) REFERENCES \w+\(tenant_id, id\)$/);
    }
    const shared = server.sql(migrated, `SELECT relname FROM pg_class WHERE relkind = 'S'`);
    assert.deepEqual(shared, [], 'no counter that all companies wait for');
});

test('the statements for Citus keep its rules and leave the same tables', async () => {
    server.create(spread);
    const before = lines(spread);
    // What Citus itself would check: cut by a column that stands in every unique key, together with tables that are cut alike.
    server.sql(spread, `
        CREATE TABLE kinds (name text PRIMARY KEY, kind text);
        CREATE FUNCTION create_reference_table(name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
            PERFORM name::regclass;
            IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND name::regclass IN (conrelid, confrelid)) THEN
                RAISE 'references of % are still there', name; END IF;
            INSERT INTO kinds VALUES (name, 'shared'); END $$;
        CREATE FUNCTION create_distributed_table(name text, col text, colocate_with text) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
            IF colocate_with <> 'none' AND NOT EXISTS (SELECT FROM kinds k WHERE k.name = colocate_with AND k.kind = col) THEN
                RAISE '% is not cut yet', colocate_with; END IF;
            IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND name::regclass IN (conrelid, confrelid)) THEN
                RAISE 'references of % are still there', name; END IF;
            IF EXISTS (SELECT FROM pg_index x WHERE x.indrelid = name::regclass AND x.indisunique AND NOT (SELECT attnum
                FROM pg_attribute WHERE attrelid = x.indrelid AND attname = col) = ANY (x.indkey::int2[])) THEN
                RAISE 'a unique key of % lacks %', name, col; END IF;
            INSERT INTO kinds VALUES (name, col); END $$;`, OWNER);
    server.sql(spread, await schema('--sql', 'citus'), OWNER);
    const kinds = server.sql(spread, `SELECT name FROM kinds WHERE kind = 'tenant_id' ORDER BY 1`).map(([name]) => name);
    assert.deepEqual(kinds, tenantTables(spread));
    assert.deepEqual(server.sql(spread, `SELECT name FROM kinds WHERE kind = 'shared' ORDER BY 1`), [['plans'], ['tenants']]);
    server.sql(spread, 'DROP TABLE kinds; DROP FUNCTION create_reference_table, create_distributed_table', OWNER);
    assert.deepEqual(lines(spread), before);
});

test('lists come out of their index in order, without sorting', () => {
    server.create(many);
    const required = server.sql(many, `SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'leads'
        AND is_nullable = 'NO'`).map(([name, type]) => [name, type === 'text' ? `'Lead ' || i` : 'i']);
    const values = { ...Object.fromEntries(required), tenant_id: 'i % 20 + 1', lead_status_id: 'i % 7',
        next_followup_at: 'CASE WHEN i % 5 > 0 THEN i END' };
    server.sql(many, `SET session_replication_role = replica;
        INSERT INTO leads (${Object.keys(values)}) SELECT ${Object.values(values)} FROM generate_series(1, 40000) i;
        ANALYZE leads;`);
    const plan = (where, order, select = 'id, name') => server.sql(many, `SET plan_cache_mode = force_generic_plan;
        SET tenon.tenant = '7';
        PREPARE list(bigint) AS SELECT ${select} FROM leads t WHERE t.tenant_id = $1 AND t.deleted_at IS NULL ${where}
        ORDER BY ${order} LIMIT 51; EXPLAIN EXECUTE list(7)`, OWNER).map(([line]) => line).join('\n');
    const served = [
        ['', 't.created_at DESC, t.id DESC'],
        ['', 't.id DESC'],
        ['', 't.next_followup_at NULLS FIRST, t.id'],
        ['', 't.next_followup_at DESC NULLS LAST, t.id DESC'],
        ['AND t.lead_status_id = 3', 't.created_at DESC, t.id DESC'],
        ['AND t.created_at <= 30000 AND (t.created_at < 30000 OR (t.created_at = 30000 AND t.id < 5))',
            't.created_at DESC, t.id DESC'],
    ];
    for (const [where, order] of served) {
        const text = plan(where, order);
        assert.match(text, /Index (Only )?Scan/, text);
        assert.doesNotMatch(text, /Sort/, `${where} ORDER BY ${order}\n${text}`);
    }
    assert.match(plan('', 't.name DESC NULLS FIRST'), /Sort/, 'the control: no index has this order');
});

test('a calendar reads its month, and the bin its rows, by an index of few rows', () => {
    server.sql(many, `SET session_replication_role = replica;
        UPDATE leads SET deleted_at = 1 WHERE id % 400 = 7;
        ANALYZE leads;`);
    const explain = (sql) => server.sql(many, `SET tenon.tenant = '7'; EXPLAIN ${sql}`, OWNER).map(([line]) => line).join('\n');
    const bin = explain(`SELECT count(*) FROM (SELECT 1 FROM leads t WHERE t.tenant_id = 7 AND t.deleted_at IS NOT NULL
        LIMIT 1000) counted`);
    assert.match(bin, /leads_deleted_at_idx/, bin);
    for (const [table, from] of [['tickets', 'scheduled_at'], ['deals', 'expected_close_date'], ['invoices', 'due_date'],
        ['journeys', 'planned_start_at']]) {
        const required = server.sql(many, `SELECT column_name, data_type FROM information_schema.columns
            WHERE table_name = '${table}' AND is_nullable = 'NO'`)
            .map(([name, type]) => [name, type === 'text' ? `'x' || i` : 'i']);
        const values = { ...Object.fromEntries(required), tenant_id: 'i % 20 + 1', [from]: 'i' };
        server.sql(many, `SET session_replication_role = replica;
            INSERT INTO ${table} (${Object.keys(values)})
                SELECT ${Object.values(values)} FROM generate_series(1, 20000) i;
            ANALYZE ${table};`);
        const plan = explain(`SELECT id FROM ${table} t WHERE t.tenant_id = 7 AND t.deleted_at IS NULL AND t.${from} < 5031
            AND t.${from} >= 5000 ORDER BY t.${from} NULLS FIRST, t.id LIMIT 500`);
        assert.match(plan, new RegExp(`(Index|Bitmap).* Scan (using|on) ${table}_${from}`), plan);
        assert.match(plan, new RegExp(`Index Cond: .*${from} < 5031`), plan);
    }
});
