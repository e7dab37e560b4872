// support.mjs - runs the server for tests: a database of its own, tenants, users and keys made by the command line, clients.
//
//   const tenon = await startTenon({ roles: ['sales_agent'] });
//   const { admin, sales_agent } = tenon.a;       // clients of tenant A, one a user; tenon.b likewise
//   const answer = await admin.post('/leads', { name: 'Meridian' });
//   after(() => tenon.stop());
//
// The program is build/debug/tenon (TENON_PROGRAM names another); each run has its own folder, removed by stop(). The database is
// SQLite; with TENON_TEST_DATABASE=postgres it is a PostgreSQL of the run's own, with pgbouncer the same through PgBouncer.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OWNER, cluster } from './postgres.mjs';
import { send } from './request.mjs';
import { DEMO, copyTemplate, haveTemplates, toldOfDemo } from './templates.mjs';

export const PROGRAM = resolve(process.env.TENON_PROGRAM ?? 'build/debug/tenon');
export const PACKS = 'sales,billing,support,documentation,property,moving,telephony,messaging,integration,insight,ai';
export const PASSWORD = 'correct horse battery 7';
const READY_MS = 60_000;
export const DATABASE = process.env.TENON_TEST_DATABASE ?? 'sqlite';
const SERVER = DATABASE === 'sqlite' ? null : await cluster();

// One who asks: a key, or nobody.
export class Client {
    constructor(tenon, key, about = {}) {
        Object.assign(this, { tenon, key }, about);
    }

    // `body` is sent as it is; `json` as JSON. Returns { status, headers, text, json }; json is undefined where it is none.
    async request(method, path, { json, body, headers = {}, raw = false } = {}) {
        const all = { ...headers };
        if (this.key) all.authorization ??= `Bearer ${this.key}`;
        if (json !== undefined) all['content-type'] ??= 'application/json';
        const { status, headers: told, text } = await send(this.tenon.url + (raw ? path : `/api/v1${path}`), {
            method, headers: all, body: json !== undefined ? JSON.stringify(json) : body,
        });
        let parsed;
        try { parsed = JSON.parse(text); } catch { parsed = undefined; }
        return { status, headers: told, text, json: parsed };
    }
    get(path, options) { return this.request('GET', path, options); }
    post(path, json, options) { return this.request('POST', path, { json, ...options }); }
    // A new record of an entity of the schema; one that is made by uploading gets this content.
    make(entity, body, content = 'content of a file') {
        return entity.upload ? this.upload(`/${entity.name}`, body, content) : this.post(`/${entity.name}`, body);
    }
    upload(path, fields, content, name = 'file.txt') {
        const form = new FormData();
        const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
        for (const [key, value] of given) form.append(key, String(value));
        if (content !== undefined) form.append('file', new Blob([content]), name);
        return this.request('POST', path, { body: form });
    }
    patch(path, json, options) { return this.request('PATCH', path, { json, ...options }); }
    delete(path, options) { return this.request('DELETE', path, options); }

    // All rows of a list, page by page.
    async all(path, limit = 200) {
        const rows = [];
        let cursor = '';
        do {
            const sep = path.includes('?') ? '&' : '?';
            const page = await this.get(`${path}${sep}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
            if (page.status !== 200) throw new Error(`GET ${path}: ${page.status} ${page.text}`);
            rows.push(...page.json.data);
            cursor = page.json.next ?? '';
        } while (cursor);
        return rows;
    }
}

// The record of an answer to POST, PATCH or GET of one.
export const recordOf = (answer) => answer.json?.data ?? answer.json;

// The errors of a problem document: [{ field, code, message }].
export const errorsOf = (answer) => answer.json?.errors ?? [];

export function run(args, { cwd, env, input } = {}) {
    return new Promise((done) => {
        const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 << 20 };
        const child = execFile(PROGRAM, args, options, (error, stdout, stderr) => {
            done({ status: error ? error.code ?? 1 : 0, stdout, stderr });
        });
        if (input !== undefined) child.stdin.end(input);
    });
}

let databases = 0;

export class Tenon {
    // `empty`: not migrated yet; `at`: on this database, { database, owner }, which is not this object's to remove.
    constructor({ empty = false, at } = {}) {
        if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: run make debug`);
        this.dir = mkdtempSync(join(tmpdir(), 'tenon-test-'));
        this.migrated = SERVER !== null && !empty && !at;
        this.copies = SERVER === null && !empty && !at;
        if (at) Object.assign(this, at);
        else if (SERVER) this.onServer(empty);
        else this.database = this.owner = `sqlite:${join(this.dir, 'tenon.db')}`;
        this.log = [];
        this.said = []; // on standard output
    }

    // A database of the run's server; `owner` is how it is migrated, `database` how it is served.
    onServer(empty) {
        this.name = `t${process.pid}_${databases++}`;
        if (empty) SERVER.empty(this.name);
        else SERVER.create(this.name);
        this.database = SERVER.url(this.name, undefined, { bouncer: DATABASE === 'pgbouncer' });
        this.owner = SERVER.url(this.name, OWNER);
    }

    databaseFor([command]) {
        return ['migrate', 'restore'].includes(command) ? this.owner : this.database;
    }

    // All that the database holds, for looking whether something is in it.
    stored() {
        if (this.name) return SERVER.dump(this.name);
        const files = ['tenon.db', 'tenon.db-wal'].map((name) => join(this.dir, name));
        return files.filter(existsSync).map((path) => readFileSync(path, 'latin1')).join('');
    }

    // Makes the tables; a copy of a database that has them needs that only where another program is tested.
    async migrate() {
        if (this.copies && !this.migrated && haveTemplates()) copyTemplate('migrated', this.dir);
        else if (!this.migrated || process.env.TENON_PROGRAM) await this.cli('migrate');
        this.migrated = true;
    }

    // Makes the tables and the demo company; what the command told of it.
    async demo() {
        if (this.copies && !this.migrated && haveTemplates()) {
            copyTemplate('demo', this.dir);
            this.migrated = true;
            return toldOfDemo();
        }
        await this.migrate();
        return this.cli('demo', ...DEMO);
    }

    // Runs a command of the program; its JSON, or an error with what it said.
    async cli(...args) {
        const done = await run([...args, '--json', '--database', this.databaseFor(args)], { cwd: this.dir });
        if (done.status !== 0) throw new Error(`tenon ${args.join(' ')}: status ${done.status}\n${done.stdout}${done.stderr}`);
        return done.stdout.trim() ? JSON.parse(done.stdout) : null;
    }

    secret(text = PASSWORD) {
        const path = join(this.dir, 'password');
        writeFileSync(path, text, { mode: 0o600 });
        return path;
    }

    // A tenant with its administrator and one user a role; { id, name, admin, <role>: Client }.
    async tenant(name, { roles = [], packs = PACKS, country = 'AU', currency = 'AUD', timezone = 'Australia/Sydney' } = {}) {
        const slug = name.toLowerCase().replace(/\W+/g, '-');
        const email = `admin@${slug}.example.com`;
        const made = await this.cli('tenant', 'create', name, '--admin', email, '--password-file', this.secret(), '--packs',
            packs,
            '--country', country, '--currency', currency, '--timezone', timezone);
        const tenant = { id: made.id, name, slug };
        tenant.admin = await this.client(email, { tenantId: made.id, role: 'tenant_admin' });
        for (const role of roles) {
            const mail = `${role.replaceAll('_', '-')}@${slug}.example.com`;
            await this.cli('user', 'create', mail, '--tenant', String(made.id), '--role', role, '--password-file', this.secret(),
                '--name', `${role} of ${name}`);
            tenant[role] = await this.client(mail, { tenantId: made.id, role });
        }
        return tenant;
    }

    async client(email, about) {
        const key = await this.cli('key', 'create', '--user', email);
        return new Client(this, key.key, { email, password: PASSWORD, userId: key.user_id, ...about });
    }

    async start(args = []) {
        this.server = spawn(this.program ?? PROGRAM, ['serve', '--listen', '127.0.0.1:0', '--database', this.database, ...args], {
            cwd: this.dir, stdio: ['ignore', 'pipe', 'pipe'],
        });
        const server = this.server;
        this.exited = new Promise((done) => server.on('exit', (code, signal) => done({ code, signal })));
        createInterface({ input: server.stderr }).on('line', (line) => {
            this.log.push(line);
            if (this.log.length > 2000) this.log.splice(0, 1000);
        });
        this.url = await new Promise((done, fail) => {
            const late = () => fail(new Error(`the server was not ready after ${READY_MS} ms\n${this.log.join('\n')}`));
            const timer = setTimeout(late, READY_MS);
            createInterface({ input: server.stdout }).on('line', (line) => {
                this.said.push(line);
                const found = /https?:\/\/[^\s/"]+/.exec(line);
                if (found) { clearTimeout(timer); done(found[0]); }
            });
            this.exited.then(({ code }) => fail(new Error(`the server ended with ${code}\n${this.log.join('\n')}`)));
        });
        return this;
    }

    remove() {
        if (this.name) SERVER.drop(this.name);
        rmSync(this.dir, { recursive: true, force: true });
    }

    // Stops the server; its status tells whether a sanitizer found anything.
    async halt(signal = 'SIGTERM') {
        if (!this.server) return null;
        this.server.kill(signal);
        const end = await this.exited;
        this.server = null;
        return end;
    }

    async stop() {
        const end = await this.halt();
        this.remove();
        const said = this.log.filter((line) => !line.includes('"level":"info"')).slice(-60).join('\n');
        if (end && end.code !== 0) throw new Error(`the server ended with ${end.code ?? end.signal}\n${said}`);
    }
}

// A running server with two tenants, A and B, each with users of these roles.
export async function startTenon({ roles = [], args = [], tenants = true } = {}) {
    const tenon = new Tenon();
    try {
        await tenon.migrate();
        tenon.schema = (await tenon.cli('schema')).entities;
        tenon.nobody = new Client(tenon, null);
        if (tenants) {
            tenon.a = await tenon.tenant('Tenant A', { roles });
            tenon.b = await tenon.tenant('Tenant B', { roles, timezone: 'Europe/Berlin', country: 'DE', currency: 'EUR' });
        }
        await tenon.start(args);
    } catch (error) {
        await tenon.halt('SIGKILL');
        tenon.remove();
        throw error;
    }
    return tenon;
}
