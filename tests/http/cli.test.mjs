// cli.test.mjs - the command line: what each command prints, its exit status, and its errors as JSON.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PASSWORD, Tenon, run } from './support.mjs';

const tenon = new Tenon({ empty: true });
after(() => tenon.stop());
const at = (...args) => run([...args, '--database', tenon.databaseFor(args)], { cwd: tenon.dir });
const told = (done) => JSON.parse(done.stderr.trim().split('\n').filter((line) => line.startsWith('{"error"')).at(-1));

test('without a command it prints what there is, and says that this was wrong usage', async () => {
    const bare = await run([]);
    assert.equal(bare.status, 2);
    for (const command of ['serve', 'migrate', 'schema', 'tenant', 'user', 'key', 'audit', 'doctor', 'openapi']) {
        assert.match(bare.stdout, new RegExp(`^  ${command} `, 'm'), command);
    }
    assert.equal((await run(['--help'])).status, 0);
    assert.match((await run(['--version'])).stdout, /^tenon \d+\.\d+\.\d+\n$/);
});

test('every command explains itself', async () => {
    const commands = [...(await run(['--help'])).stdout.matchAll(/^ {2}(\w+) /gm)].map((m) => m[1]);
    for (const command of commands) {
        const help = await run([command, '--help']);
        assert.equal(help.status, 0, command);
        assert.match(help.stdout, new RegExp(`^usage: tenon ${command}`), command);
    }
});

test('a slip of the finger is met with what was meant', async () => {
    const done = await run(['migrat']);
    assert.equal(done.status, 2);
    assert.match(done.stderr, /Did you mean migrate\?/);
    assert.match((await run(['frobnicate'])).stderr, /There is no command frobnicate\. --help lists/);
});

test('an option that is none, or lacks its value, is wrong usage', async () => {
    for (const args of [['migrate', '--chekc'], ['serve', '--listen'], ['migrate', '--check=1'], ['user', 'list', '--tenant',
        'x']]) {
        const done = await at(...args);
        assert.ok(done.status === 2 || done.status === 1, args.join(' '));
        assert.match(done.stderr, /^tenon: /, args.join(' '));
    }
    const json = await at('migrate', '--json', '--nope');
    assert.equal(json.status, 2);
    assert.match(told(json).error, /--nope/);
});

test('a database that is not there or not migrated is refused with what to do', async () => {
    const absent = await at('tenant', 'list', '--json');
    assert.equal(absent.status, 1);
    assert.ok(told(absent).errors[0].code);
    const check = await at('migrate', '--check', '--json');
    assert.equal(check.status, 1);
});

test('migrate makes the database once, and then has nothing to do', async () => {
    const first = JSON.parse((await at('migrate', '--json')).stdout);
    assert.ok(first.applied >= 1);
    assert.deepEqual(JSON.parse((await at('migrate', '--json')).stdout), { applied: 0, current: true, kept: null });
    assert.equal((await at('migrate', '--check')).status, 0);
});

test('the migrations make exactly the schema that the entities ask for', async () => {
    const lock = await run(['schema', '--lock']);
    assert.equal(lock.stdout, readFileSync('migrations/schema.lock', 'utf8'), 'run make migration NAME=what_changes');
});

test('tenants, users and keys are made and listed', async () => {
    const made = await tenon.cli('tenant', 'create', 'Fernhill', '--admin', 'Ada@fernhill.example', '--password-file',
        tenon.secret());
    assert.ok(Number.isSafeInteger(made.id));
    const { tenants } = await tenon.cli('tenant', 'list');
    assert.deepEqual(tenants.map((t) => [t.id, t.name, t.status]), [[made.id, 'Fernhill', 'active']]);
    await tenon.cli('user', 'create', 'bob@fernhill.example', '--tenant', String(made.id), '--role', 'sales_agent',
        '--password-file', tenon.secret(), '--name', 'Bob');
    const { users } = await tenon.cli('user', 'list', '--tenant', String(made.id));
    assert.deepEqual(users.map((u) => u.email), ['ada@fernhill.example', 'bob@fernhill.example']);
    const key = await tenon.cli('key', 'create', '--user', 'bob@fernhill.example');
    assert.match(key.key, /^tnk_[\w-]{43}/);
    assert.equal(key.user_id, users[1].id);
    assert.ok(tenon.stored().includes('bob@fernhill.example'));
    assert.ok(!tenon.stored().includes(key.key), 'the key itself is not stored');
});

test('what cannot be made is refused, and nothing is left of it', async () => {
    const { tenants: [tenant] } = await tenon.cli('tenant', 'list');
    const attempt = async (...args) => {
        const done = await at(...args, '--json');
        assert.equal(done.status, 1, `${args.join(' ')}: ${done.stdout}${done.stderr}`);
        return told(done).errors[0];
    };
    const secret = tenon.secret();
    const user = ['user', 'create', 'eve@fernhill.example', '--password-file', secret];
    await attempt(...user, '--tenant', '12345', '--role', 'sales_agent');
    await attempt(...user, '--tenant', String(tenant.id), '--role', 'emperor');
    await attempt('user', 'create', 'not an address', '--password-file', secret, '--tenant', String(tenant.id), '--role',
        'read_only');
    await attempt('user', 'create', 'bob@fernhill.example', '--password-file', secret, '--tenant', String(tenant.id), '--role',
        'read_only');
    await attempt('key', 'create', '--user', 'nobody@fernhill.example');
    await attempt('tenant', 'create', 'Other', '--admin', 'x@other.example', '--password-file', tenon.secret('short'));
    await attempt('tenant', 'create', 'Other', '--admin', 'x@other.example', '--password-file', '/nonexistent/file');
    assert.equal((await tenon.cli('tenant', 'list')).tenants.length, 1);
    assert.equal((await tenon.cli('user', 'list')).users.length, 2);
    tenon.secret(PASSWORD);
});

test('the audit log tells who was made', async () => {
    const { users } = await tenon.cli('user', 'list');
    const { entries } = await tenon.cli('audit', 'list', '--entity', 'users', '--id', String(users[1].id));
    assert.equal(entries.length, 1);
    assert.equal(entries[0].entity, 'users');
    assert.ok(!JSON.stringify(entries).includes('argon2'), 'no hash stands in it');
    assert.equal((await at('audit', 'list', '--entity', 'unicorns')).status, 1);
});

test('the doctor finds a healthy database healthy, and a damaged one not', async () => {
    const well = await tenon.cli('doctor');
    assert.equal(well.ok, true, JSON.stringify(well));
    assert.ok(well.checks.length >= 5);
    const lost = await run(['doctor', '--json', '--database', `sqlite:${join(tenon.dir, 'absent.db')}`]);
    assert.equal(lost.status, 1);
    assert.equal(JSON.parse(lost.stdout).ok, false);
});
