// load.mjs - mixed writes on one tenant that remember what was answered as saved, and what of that does not hold afterwards.
//
//   const load = new Load(admin);
//   load.start();  ...the server or its database dies and comes back...  await load.stop();
//   await load.broken()    // sentences, one for each promise that was not kept
//
// Each writer has leads of its own. What a request would change may be old or new from the moment it is sent; what it answers as
// saved has to be new ever after. A request without an answer, or refused as 503, may have happened or not. (An import is many
// writes, of which some may have happened.)
import { recordOf } from '../http/support.mjs';

const ROWS = 5; // of an import
const READ_MS = 60_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Load {
    constructor(client, { writers = 12, prefix = 'Lead' } = {}) {
        Object.assign(this, { client, writers, prefix, leads: new Map(), names: new Set(), imports: new Map(), serial: 0,
            owned: Array.from({ length: writers }, () => []), turns: Array.from({ length: writers }, (_, i) => i) });
        this.done = { create: 0, patch: 0, delete: 0, bulk: 0, undo: 0, import: 0, read: 0 };
        this.refused = 0; // by 503 with Retry-After
        this.odd = [];    // answers that nobody should get
        this.firstAfter = null;
    }

    start() {
        this.running = true;
        this.tasks = Array.from({ length: this.writers }, (_, i) => this.write(i));
    }

    async stop() {
        this.running = false;
        await Promise.all(this.tasks);
    }

    // Resolves with the milliseconds until a write is answered as saved.
    untilWritten() {
        const from = performance.now();
        return new Promise((done) => { this.firstAfter = () => done(performance.now() - from); });
    }

    // Resolves when so many writes were answered as saved.
    async written(count) {
        while (this.acknowledged() < count) await pause(10);
    }

    acknowledged() {
        return Object.values(this.done).reduce((a, b) => a + b, 0) - this.done.read;
    }

    // The answer where it says that all is well; null where it promises nothing.
    async ask(kind, request) {
        let answer;
        try {
            answer = await request();
        } catch {
            await pause(10); // the connection broke
            return null;
        }
        if (answer.status >= 200 && answer.status < 300) {
            this.done[kind]++;
            if (kind !== 'read' && this.firstAfter) { this.firstAfter(); this.firstAfter = null; }
            return answer;
        }
        if (answer.status === 503 && Number(answer.headers.get('retry-after')) > 0) this.refused++;
        else this.odd.push(`${kind}: ${answer.status} ${answer.text.slice(0, 300)}`);
        await pause(10);
        return null;
    }

    async write(writer) {
        const own = this.owned[writer];
        const actions = [() => this.create(own), () => this.create(own), () => this.patch(own), () => this.patch(own),
            () => this.bulk(own), () => this.remove(own), () => this.undo(own), () => this.read(own), () => this.import(writer)];
        while (this.running) await actions[this.turns[writer]++ % actions.length]();
    }

    async create(own) {
        const name = `${this.prefix} ${++this.serial}`;
        this.names.add(name);
        const made = await this.ask('create', () => this.client.post('/leads',
            { name, email: `${this.prefix}${this.serial}@crash.example` }));
        if (!made) return;
        const lead = { id: recordOf(made).id, name, there: new Set([true]), next_step: new Set([null]),
            estimated_value: new Set([null]), company_name: new Set([null]) };
        this.leads.set(lead.id, lead);
        own.push(lead);
    }

    // One of those that are surely there.
    static any(own) {
        const live = own.filter((lead) => lead.there.size === 1 && lead.there.has(true)).slice(-30);
        return live[Math.floor(Math.random() * live.length)];
    }

    async patch(own) {
        const lead = Load.any(own);
        if (!lead) return;
        const step = `step ${++this.serial}`;
        lead.next_step.add(step);
        const changed = await this.ask('patch', () => this.client.patch(`/leads/${lead.id}`, { next_step: step }));
        if (changed) lead.next_step = new Set([step]);
    }

    async remove(own) {
        const lead = Load.any(own);
        if (!lead || own.length < 3) return;
        lead.there.add(false);
        if (await this.ask('delete', () => this.client.delete(`/leads/${lead.id}`))) lead.there = new Set([false]);
    }

    // Changes many at once; the change-set of it where it was answered.
    async change(own, field, value) {
        const leads = own.filter((lead) => lead.there.size === 1 && lead.there.has(true)).slice(-10);
        if (leads.length === 0) return null;
        for (const lead of leads) lead[field].add(value);
        const ids = leads.map((lead) => lead.id);
        const answer = await this.ask('bulk', () => this.client.post('/leads/bulk', { ids, set: { [field]: value } }));
        if (!answer) return null;
        for (const lead of leads) lead[field] = new Set([value]);
        return { leads, set: answer.json.change_set_id };
    }

    bulk(own) {
        return this.change(own, 'estimated_value', `${++this.serial}.00`);
    }

    // Changes many and takes it back.
    async undo(own) {
        const clear = own.filter((lead) => lead.company_name.size === 1 && lead.company_name.has(null));
        const changed = await this.change(clear, 'company_name', `Company ${++this.serial}`);
        if (!changed) return;
        for (const lead of changed.leads) lead.company_name.add(null);
        const undone = await this.ask('undo', () => this.client.post(`/change_sets/${changed.set}/undo`));
        if (undone) for (const lead of changed.leads) lead.company_name = new Set([null]);
    }

    async import(writer) {
        const batch = `${this.prefix} import ${writer}-${++this.serial}`;
        const rows = Array.from({ length: ROWS }, (_, i) => `${batch} ${i},row${i}@${batch.replace(/\W/g, '-')}.example`);
        this.imports.set(batch, false);
        const answer = await this.ask('import', () => this.client.request('POST', '/leads/import',
            { body: `Name,Email\n${rows.join('\n')}\n`, headers: { 'content-type': 'text/csv' } }));
        // A commit without an answer is tried again, and may find its own rows.
        if (answer && answer.json.new + answer.json.duplicate === ROWS) this.imports.set(batch, true);
        else if (answer) this.odd.push(`import: ${answer.text.slice(0, 300)}`);
    }

    // What is read in between is never older than what was promised.
    async read(own) {
        const lead = Load.any(own);
        if (!lead) return;
        const answer = await this.ask('read', () => this.client.get(`/leads/${lead.id}`));
        if (answer) this.odd.push(...Load.wrong(lead, recordOf(answer)).map((fault) => `read: ${fault}`));
    }

    static wrong(lead, found) {
        const faults = [];
        if (!lead.there.has(found !== undefined)) faults.push(`${lead.name} is ${found ? 'there again' : 'lost'}`);
        if (!found) return faults;
        if (found.name !== lead.name) faults.push(`${lead.name} is called ${found.name}`);
        for (const field of ['next_step', 'estimated_value', 'company_name']) {
            if (lead[field].has(found[field])) continue;
            faults.push(`${lead.name}: ${field} is ${found[field]}, not ${[...lead[field]].join(' or ')}`);
        }
        return faults;
    }

    // All leads; a thread that has not found its way back to the database yet may still refuse.
    async rows() {
        for (const end = performance.now() + READ_MS; ; await pause(50)) {
            try { return await this.client.all('/leads'); } catch (error) {
                if (!/: 503 /.test(error.message) || performance.now() > end) throw error;
            }
        }
    }

    // What of the promises does not hold, as the server answers now.
    async broken() {
        const faults = [...this.odd];
        const rows = await this.rows();
        const live = new Map(rows.map((row) => [row.id, row]));
        for (const lead of this.leads.values()) faults.push(...Load.wrong(lead, live.get(lead.id)));
        const imported = new Map([...this.imports.keys()].map((batch) => [batch, 0]));
        const seen = new Set();
        for (const { name } of rows) {
            if (!name.startsWith(`${this.prefix} `)) continue;
            const batch = /^(.* import \d+-\d+) \d+$/.exec(name)?.[1];
            if (batch) imported.set(batch, (imported.get(batch) ?? 0) + 1);
            else if (!this.names.has(name)) faults.push(`${name} was never sent`);
            if (seen.has(name)) faults.push(`${name} is there twice`);
            seen.add(name);
        }
        for (const [batch, count] of imported) {
            if (this.imports.get(batch) && count !== ROWS) faults.push(`${batch}: ${count} of ${ROWS} rows that were promised`);
        }
        return faults;
    }

    // Whether every kind of write came through.
    summary() {
        const { read, ...writes } = this.done;
        const kinds = Object.entries(writes).map(([kind, count]) => `${count} ${kind}`).join(', ');
        return `${this.acknowledged()} writes acknowledged (${kinds}), ${read} reads, `
            + `${this.refused} refused with 503`;
    }
}
