// databases.mjs - where the bench keeps its data: a file of SQLite, or a PostgreSQL server of its own that keeps what it says.
//
//   if (!database.seeded()) await database.fill((url, owner) => ...);   // once
//   await database.copy();                                             // database.url may be written to from here on
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, APP, Cluster, OWNER } from '../http/postgres.mjs';

const FILES = ['', '-wal', '-shm'];
const NAME = 'bench';

export class Sqlite {
    constructor(dir) {
        this.seed = join(dir, 'seed.db');
        this.run = join(dir, 'run.db');
        this.url = this.owner = `sqlite:${this.run}`;
    }

    seeded() {
        return existsSync(this.seed);
    }

    fill(make) {
        const making = `${this.seed}.making`;
        for (const suffix of FILES) rmSync(making + suffix, { force: true });
        make(`sqlite:${making}`, `sqlite:${making}`);
        for (const suffix of [...FILES].reverse())
            if (existsSync(making + suffix)) renameSync(making + suffix, this.seed + suffix);
    }

    copy() {
        for (const suffix of FILES) {
            rmSync(this.run + suffix, { force: true });
            if (existsSync(this.seed + suffix)) copyFileSync(this.seed + suffix, this.run + suffix);
        }
    }

    // What it uses of the processors besides the server.
    cpuSeconds() {
        return 0;
    }

    async wall() {}

    close() {}
}

export class Postgres {
    static async open(dir) {
        const database = new Postgres();
        database.dump = join(dir, 'seed.pgdump');
        database.cluster = await Cluster.start({ durable: true });
        database.url = database.cluster.url(NAME);
        database.owner = database.cluster.url(NAME, OWNER);
        return database;
    }

    seeded() {
        return existsSync(this.dump);
    }

    client(program, ...args) {
        const { bin, dir, port } = this.cluster;
        return execFileSync(join(bin, program), ['-h', dir, '-p', String(port), '-U', ADMIN, ...args], { encoding: 'utf8',
            maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'inherit'] });
    }

    fill(make) {
        this.cluster.empty(NAME);
        make(this.url, this.owner);
        this.client('pg_dump', '-Fc', '-Z1', '-f', `${this.dump}.making`, NAME);
        renameSync(`${this.dump}.making`, this.dump);
        this.filled = true;
    }

    copy() {
        if (!this.filled) {
            this.cluster.create('roles'); // a dump has no roles; migrating makes them
            this.cluster.empty(NAME);
            this.client('pg_restore', '-j2', '-d', NAME, this.dump);
        }
        this.cluster.sql(NAME, 'VACUUM ANALYZE');
    }

    cpuSeconds() {
        const parent = String(this.cluster.server.pid);
        const ticks = (pid) => {
            try {
                const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
                return fields[1] === parent || pid === parent ? Number(fields[11]) + Number(fields[12]) : 0;
            } catch { return 0; } // it has ended
        };
        return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => sum + ticks(pid), 0) / 100;
    }

    // Of the connections that have ended.
    endedSeconds() {
        const fields = readFileSync(`/proc/${this.cluster.server.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
        return (Number(fields[13]) + Number(fields[14])) / 100;
    }

    // Processor time of the server for a transaction of this script, in microseconds.
    async transactionUs(script, seconds) {
        const path = join(this.cluster.dir, 'wall.sql');
        writeFileSync(path, `\\startpipeline\n${script}\\endpipeline\n`);
        const { bin, dir, port } = this.cluster;
        const before = this.endedSeconds();
        const out = execFileSync(join(bin, 'pgbench'), ['-h', dir, '-p', String(port), '-U', APP, '-n', '-M', 'prepared',
            '-c', '4', '-j', '1', '-T', String(seconds), '-f', path, NAME], { encoding: 'utf8', stdio: 'pipe' });
        await new Promise((done) => setTimeout(done, 500)); // until what its connections used is counted
        return (this.endedSeconds() - before) * 1e6 / Number(/actually processed: (\d+)/.exec(out)[1]);
    }

    // What the wall between tenants costs one lead over HTTP, of the processor time of server and database together. `ask` gives
    // that for a request, in microseconds. The policies are taken down and raised again in turn; telling the tenant, which the
    // server does either way, is the difference of the same transactions with and without it.
    async wall(tenant, lead, seconds, ask) {
        const turns = 3;
        const select = `SELECT * FROM leads WHERE tenant_id = ${tenant} AND id = ${lead} AND deleted_at IS NULL;\n`;
        const told = `SELECT set_config('tenon.tenant', '${tenant}', true);\n`;
        const sum = { on: 0, off: 0, told: 0, bare: 0 };
        for (let i = 0; i < turns; i++) {
            sum.on += await ask();
            this.cluster.sql(NAME, 'ALTER TABLE leads DISABLE ROW LEVEL SECURITY');
            sum.off += await ask();
            sum.told += await this.transactionUs(told + select, seconds);
            sum.bare += await this.transactionUs(select, seconds);
            this.cluster.sql(NAME, 'ALTER TABLE leads ENABLE ROW LEVEL SECURITY');
        }
        const [on, off, telling] = [sum.on / turns, sum.off / turns, (sum.told - sum.bare) / turns];
        const percent = (on - off + telling) / (off - telling) * 100;
        console.log(`one lead: ${on.toFixed(1)} us; policies ${(on - off).toFixed(1)} us, telling the tenant `
            + `${telling.toFixed(1)} us: the wall costs ${percent.toFixed(0)} %`);
    }

    close() {
        return this.cluster.stop();
    }
}
