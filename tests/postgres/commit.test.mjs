// commit.test.mjs - the connection to PostgreSQL is lost over a commit: the answer says how that ended. And the server keeps to
// the number of connections that it was given.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Tenon, recordOf } from '../http/support.mjs';
import { Cluster, OWNER } from '../http/postgres.mjs';

const LATE_MS = 30_000;
const cluster = await Cluster.start({ durable: true });
const name = cluster.create('company');
const tenon = new Tenon({ at: { database: cluster.url(name), owner: cluster.url(name, OWNER) } });
after(async () => {
    await tenon.stop();
    await cluster.stop();
});
await tenon.migrate();
const { admin } = await tenon.tenant('Tenant A');
await tenon.start(['--threads', '2', '--database-connections', '15']);

const set = (line) => cluster.sql('postgres', `ALTER SYSTEM ${line};\nSELECT pg_reload_conf();`);
const named = (text) => Number(cluster.sql(name, `SELECT count(*) FROM leads WHERE name = '${text}'`)[0][0]);
const waiting = (event) => cluster.sql('postgres', `SELECT pid FROM pg_stat_activity WHERE datname = '${name}' `
    + `AND wait_event = '${event}'`).map(([pid]) => pid);

// The log is written beside the answers, so a line may come after them.
async function logged(event) {
    const line = () => tenon.log.some((each) => each.includes(`"${event}"`));
    for (const end = Date.now() + LATE_MS; !line() && Date.now() < end;) await new Promise((next) => { setTimeout(next, 20); });
    return line();
}

// The answer of a request whose commit waits: its connection is ended, and that of whatever else comes to wait there meanwhile.
async function cut(saving, event) {
    let answer;
    saving.then((it) => { answer = it; }, () => { answer = null; });
    let ended = 0;
    const rest = () => new Promise((next) => { setTimeout(next, 20); });
    for (const end = Date.now() + LATE_MS; answer === undefined && Date.now() < end; await rest()) {
        for (const pid of waiting(event)) ended += cluster.sql('postgres', `SELECT pg_terminate_backend(${pid})`).length;
    }
    assert.ok(ended > 0, 'a commit waited');
    assert.ok(answer, `an answer within ${LATE_MS} ms`);
    return answer;
}

test('what was committed though nobody heard of it is answered as saved', async () => {
    set("SET synchronous_standby_names = 'nobody'"); // the commit stands here, and waits for a standby that never comes
    let answer;
    try {
        answer = await cut(admin.post('/leads', { name: 'Kept' }), 'SyncRep');
    } finally {
        set('RESET synchronous_standby_names');
    }
    assert.equal(answer.status, 201, answer.text);
    assert.equal(named('Kept'), 1);
    assert.equal((await admin.get(`/leads/${recordOf(answer).id}`)).status, 200);
    assert.ok(await logged('commit_found_out'), 'by looking, not by luck');
});

test('what the commit did not keep is answered 503, and is not there', async () => {
    cluster.sql(name, `CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN IF new.name = ''Lost'' THEN PERFORM pg_sleep(60); END IF; RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON leads DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
    const answer = await cut(admin.post('/leads', { name: 'Lost' }), 'PgSleep');
    assert.equal(answer.status, 503, answer.text);
    assert.ok(answer.headers.get('retry-after'));
    assert.equal(named('Lost'), 0);
    cluster.sql(name, 'DROP TRIGGER slow ON leads');
    assert.equal((await admin.post('/leads', { name: 'Lost' })).status, 201, 'and may be sent again');
});

test('a server has no more connections than it was given', async () => {
    const ask = (i) => i % 3 ? admin.get('/leads') : admin.post('/leads', { name: `Lead ${i}` });
    await Promise.all(Array.from({ length: 60 }, (_, i) => ask(i)));
    const [[count]] = cluster.sql('postgres', `SELECT count(*) FROM pg_stat_activity WHERE datname = '${name}' `
        + "AND application_name = 'tenon'");
    assert.ok(Number(count) >= 6 && Number(count) <= 15, `${count} connections`);
    const few = new Tenon({ at: { database: cluster.url(name), owner: cluster.url(name, OWNER) } });
    await assert.rejects(few.start(['--database-connections', '13']), /--database-connections must be at least 14/);
    const file = new Tenon();
    if (file.database.startsWith('sqlite:'))
        await assert.rejects(file.start(['--database-connections', '20']), /--database-connections is for PostgreSQL/);
});
