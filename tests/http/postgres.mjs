// postgres.mjs - a PostgreSQL cluster for the time of a test run, and PgBouncer before it where asked.
//
//   const cluster = await Cluster.start();              // initdb in a folder of its own, as a user without rights
//   const name = cluster.create('company');             // a database, already migrated, owned by tenon_owner
//   cluster.url(name)                                   // as the server uses it: role tenon_app
//   cluster.sql(name, 'SELECT 1', 'tenon_owner')        // rows as arrays of texts
//   await cluster.stop();
//
// tools/test.mjs starts one for all files and tells them by TENON_TEST_CLUSTER; a file that runs alone starts its own.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(process.env.TENON_PROGRAM ?? 'build/debug/tenon');
const READY_MS = 30_000;
const TEMPLATE = 'tenon_template';
export const APP = 'tenon_app';
export const OWNER = 'tenon_owner';
export const ADMIN = 'admin';

// Debian keeps the server's programs of each version apart.
function programs() {
    const versions = '/usr/lib/postgresql';
    const found = (existsSync(versions) ? readdirSync(versions) : []).map(Number)
        .filter((v) => v >= 15 && existsSync(join(versions, String(v), 'bin/initdb')));
    if (found.length === 0) throw new Error('PostgreSQL 15 or newer is not installed: run script/bootstrap');
    return join(versions, String(Math.max(...found)), 'bin');
}

// initdb refuses root, so there root becomes the user that the package made for this. The server ends with us, however we end.
function unprivileged(command, args) {
    const own = process.getuid() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
    return ['setpriv', ['--pdeathsig', 'INT', ...own, command, ...args]];
}

function freePort() {
    return new Promise((done, fail) => {
        const server = createServer();
        server.on('error', fail);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function until(what, ready, log) {
    for (const end = Date.now() + READY_MS; Date.now() < end; await sleep(20)) if (ready()) return;
    throw new Error(`${what} was not ready after ${READY_MS} ms\n${existsSync(log) ? readFileSync(log, 'utf8') : ''}`);
}

export class Cluster {
    // One that runs already: { dir, port, bouncer }.
    constructor(where) {
        Object.assign(this, where);
        this.children = [];
    }

    // A folder and a port, without anything in it.
    static async prepare() {
        const dir = mkdtempSync(join(tmpdir(), 'tenon-pg-'));
        if (process.getuid() === 0) {
            const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
            chownSync(dir, id('-u'), id('-g'));
        }
        return new Cluster({ dir, port: await freePort(), bin: programs(), data: join(dir, 'data') });
    }

    // Runs one of PostgreSQL's programs.
    run(program, options) {
        const [setpriv, args] = unprivileged(join(this.bin, program), options);
        execFileSync(setpriv, args, { stdio: 'pipe', cwd: this.dir });
    }

    // `durable` keeps fsync on, for tests of crashes; `bouncer` also starts PgBouncer in transaction mode.
    static async start({ durable = false, bouncer = false } = {}) {
        const cluster = await Cluster.prepare();
        try {
            cluster.run('initdb', ['-D', cluster.data, '-U', ADMIN, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8',
                '--no-sync']);
            writeFileSync(join(cluster.data, 'pg_hba.conf'),
                'local all,replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
            await cluster.serve(durable);
            cluster.sql('postgres', `CREATE ROLE ${OWNER} LOGIN CREATEROLE`);
            if (bouncer) await cluster.pool();
        } catch (error) {
            await cluster.stop();
            throw error;
        }
        return cluster;
    }

    // Starts the server; also again after halt().
    async serve(durable = this.durable) {
        this.durable = durable;
        const fast = durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
        const log = join(this.dir, 'log');
        this.server = this.launch(join(this.bin, 'postgres'), ['-D', join(this.dir, 'data'), '-p', String(this.port),
            '-k', this.dir, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=300', '-c', 'shared_buffers=128MB',
            ...fast], log);
        await until('PostgreSQL', () => {
            try { return this.sql('postgres', 'SELECT 1').length === 1; } catch { return false; }
        }, log);
    }

    // PgBouncer, with few connections to the server, which it hands from one transaction to the next.
    async pool(size = 4) {
        this.bouncer = await freePort();
        const log = join(this.dir, 'bouncer.log');
        const path = join(this.dir, 'bouncer.ini');
        const users = join(this.dir, 'bouncer.users');
        writeFileSync(users, [APP, OWNER, ADMIN].map((user) => `"${user}" ""\n`).join(''));
        writeFileSync(path, [
            '[databases]', `* = host=${this.dir} port=${this.port}`, '[pgbouncer]', 'listen_addr = 127.0.0.1',
            `listen_port = ${this.bouncer}`, `unix_socket_dir = ${this.dir}`, 'auth_type = trust', `auth_file = ${users}`,
            'pool_mode = transaction',
            `default_pool_size = ${size}`, 'max_client_conn = 500', 'server_idle_timeout = 5', '',
        ].join('\n'));
        this.launch('/usr/sbin/pgbouncer', [path], log);
        await until('PgBouncer', () => existsSync(join(this.dir, `.s.PGSQL.${this.bouncer}`)), log);
    }

    launch(program, args, log) {
        const [command, all] = unprivileged(program, args);
        const child = spawn('sh', ['-c', 'exec "$@" >>"$0" 2>&1', log, command, ...all], { cwd: this.dir, stdio: 'ignore' });
        child.ended = new Promise((done) => child.on('exit', done));
        if (this.background) child.unref();
        this.children.push(child);
        return child;
    }

    // What TENON_TEST_CLUSTER says of it.
    told() {
        return JSON.stringify({ dir: this.dir, port: this.port, bouncer: this.bouncer });
    }

    // Ends the server: SIGINT in order, SIGQUIT like a crash.
    async halt(signal = 'SIGINT') {
        this.server.kill(signal);
        await this.server.ended;
    }

    // `bouncer`: through PgBouncer.
    url(database, user = APP, { bouncer = false } = {}) {
        const host = encodeURIComponent(this.dir);
        return `postgres://${user}@/${database}?host=${host}&port=${bouncer ? this.bouncer : this.port}`;
    }

    // Runs SQL as it stands, with a separator that no test's text holds; throws what the server said.
    sql(database, sql, user = ADMIN, { bouncer = false } = {}) {
        const args = ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-F', '\x1f', '-R', '\x1e', '-h', this.dir, '-U', user,
            '-p', String(bouncer ? this.bouncer : this.port), '-d', database, '-f', '-'];
        const out = execFileSync('psql', args, { input: sql, encoding: 'utf8', stdio: 'pipe', maxBuffer: 64 << 20 });
        return out === '' ? [] : out.replace(/\n$/, '').split('\x1e').map((row) => row.split('\x1f'));
    }

    // All rows of a database, as text; or what they stand in.
    dump(database, what = '--data-only') {
        const args = [what, '-h', this.dir, '-p', String(this.port), '-U', ADMIN, database];
        return execFileSync('pg_dump', args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 30 });
    }

    structure(database) {
        return this.dump(database, '--schema-only');
    }

    // The database that others are copied from, made by the program itself.
    template() {
        if (this.sql('postgres', `SELECT 1 FROM pg_database WHERE datname = '${TEMPLATE}'`).length) return TEMPLATE;
        this.empty(TEMPLATE);
        execFileSync(PROGRAM, ['migrate', '--database', this.url(TEMPLATE, OWNER)], { stdio: 'pipe', cwd: this.dir });
        return TEMPLATE;
    }

    // A database with nothing in it.
    empty(database) {
        this.sql('postgres', `CREATE DATABASE ${database} OWNER ${OWNER}`);
        return database;
    }

    // A migrated database.
    create(database) {
        this.sql('postgres', `CREATE DATABASE ${database} TEMPLATE ${this.template()} OWNER ${OWNER}`);
        return database;
    }

    drop(database) {
        this.sql('postgres', `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    }

    // The same where nothing can be waited for any more: when the process ends.
    stopNow() {
        for (const child of this.children) child.kill('SIGINT');
        const ended = `for i in $(seq 250); do [ -e data/postmaster.pid ] || break; sleep 0.02; done`;
        execFileSync('sh', ['-c', ended], { cwd: this.dir });
        this.children = [];
        rmSync(this.dir, { recursive: true, force: true });
    }

    async stop() {
        for (const child of this.children.reverse()) {
            child.kill('SIGINT');
            await child.ended;
        }
        this.children = [];
        rmSync(this.dir, { recursive: true, force: true });
    }
}

let shared;
// The cluster of this run: the one that tools/test.mjs started, or one that ends with this process.
export async function cluster() {
    if (shared) return shared;
    const told = process.env.TENON_TEST_CLUSTER;
    if (told) return (shared = new Cluster(JSON.parse(told)));
    shared = await Cluster.start({ bouncer: process.env.TENON_TEST_DATABASE === 'pgbouncer' });
    shared.background = true; // this process ends when its tests do
    for (const child of shared.children) child.unref();
    process.on('exit', () => shared.stopNow());
    return shared;
}
