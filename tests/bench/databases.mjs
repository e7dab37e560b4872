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
        for (const suffix of FILES.toReversed()) if (existsSync(making + suffix)) renameSync(making + suffix, this.seed + suffix);
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

    // Says what the wall between tenants costs one lead: with it, and the tenant told in the same round trip, against without.
    wall(tenant, lead, seconds) {
        const select = `SELECT * FROM leads WHERE tenant_id = ${tenant} AND id = ${lead} AND deleted_at IS NULL;\n`;
        const told = `\\startpipeline\nSELECT set_config('tenon.tenant', '${tenant}', true);\n${select}\\endpipeline\n`;
        const bare = `\\startpipeline\n${select}\\endpipeline\n`;
        const rate = (user, script) => {
            const path = join(this.cluster.dir, 'wall.sql');
            writeFileSync(path, script);
            const { bin, dir, port } = this.cluster;
            const out = execFileSync(join(bin, 'pgbench'), ['-h', dir, '-p', String(port), '-U', user, '-n', '-M', 'prepared',
                '-c', '4', '-j', '1', '-T', String(seconds), '-f', path, NAME], { encoding: 'utf8', stdio: 'pipe' });
            return Number(/tps = ([\d.]+)/.exec(out)[1]);
        };
        const without = rate(ADMIN, bare);
        const within = rate(APP, told);
        console.log(`one lead without the wall ${without.toFixed(0)}/s, with it ${within.toFixed(0)}/s: `
            + `${((without / within - 1) * 100).toFixed(0)} % more`);
    }

    async close(tenant, lead, seconds) {
        this.wall(tenant, lead, seconds);
        await this.cluster.stop();
    }
}
