// pair.mjs - two PostgreSQL servers for tests: one takes writes and sends them to the other, until that has to take over.
//
//   const pair = await Pair.start({ synchronous: true });
//   pair.url('company')            // both hosts: the server finds the one that takes writes
//   await pair.fail();             // the primary dies at once, and the standby takes over
//   await pair.replace();          // what died comes back as the new standby
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { APP, Cluster, OWNER } from '../http/postgres.mjs';

const READY_MS = 30_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function until(what, ready) {
    for (const end = Date.now() + READY_MS; Date.now() < end; await pause(20)) {
        try { if (ready()) return; } catch { /* not yet */ }
    }
    throw new Error(`${what}: not within ${READY_MS} ms`);
}

export class Pair {
    static async start({ synchronous = true } = {}) {
        const pair = new Pair();
        pair.synchronous = synchronous;
        pair.primary = await Cluster.start({ durable: true });
        try {
            pair.name = pair.primary.create('company');
            await pair.replace();
        } catch (error) {
            await pair.stop();
            throw error;
        }
        return pair;
    }

    // The two hosts in one URL, as libpq takes them.
    url(user = APP) {
        const [a, b] = [this.primary, this.standby];
        return `postgres://${user}@/${this.name}?host=${encodeURIComponent(`${a.dir},${b.dir}`)}&port=${a.port},${b.port}`
            + '&target_session_attrs=read-write';
    }

    owner() {
        return this.primary.url(this.name, OWNER);
    }

    set(cluster, setting, value) {
        cluster.sql('postgres', `ALTER SYSTEM SET ${setting} = '${value}'`);
        cluster.sql('postgres', 'SELECT pg_reload_conf()');
    }

    // A copy of the primary becomes its standby; from when it has caught up, every commit waits for it where that is asked for.
    async replace() {
        const { primary } = this;
        const standby = this.standby ??= await Cluster.prepare();
        rmSync(standby.data, { recursive: true, force: true });
        standby.run('pg_basebackup', ['-h', primary.dir, '-p', String(primary.port), '-U', 'admin', '-D', standby.data, '-R',
            '-X', 'stream', '-c', 'fast', '--no-sync']);
        // Alone after a failure, it must not wait for a standby that is not there yet.
        appendFileSync(join(standby.data, 'postgresql.auto.conf'), "synchronous_standby_names = ''\n");
        await standby.serve(true);
        await until('the standby receives', () => primary.sql('postgres',
            "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'").length === 1);
        this.set(primary, 'synchronous_standby_names', this.synchronous ? '*' : '');
        if (this.synchronous) {
            await until('the standby is synchronous', () => primary.sql('postgres',
                "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").length === 1);
        }
    }

    // The standby hears no more of the primary.
    async part() {
        this.set(this.standby, 'primary_conninfo', '');
        await until('the standby is alone',
            () => this.standby.sql('postgres', 'SELECT 1 FROM pg_stat_wal_receiver').length === 0);
    }

    // The primary dies at once, and the standby takes over.
    async fail() {
        await this.primary.halt('SIGQUIT');
        this.standby.sql('postgres', 'SELECT pg_promote(true, 30)');
        [this.primary, this.standby] = [this.standby, this.primary];
    }

    async stop() {
        for (const cluster of [this.standby, this.primary]) if (cluster && existsSync(cluster.dir)) await cluster.stop();
    }
}
