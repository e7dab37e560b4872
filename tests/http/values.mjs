// values.mjs - for each kind of field: values that must be taken, values that must be refused, and records to hold them.

let counter = 0;
const unique = () => `${Date.now().toString(36)}${(++counter).toString(36)}`;

// Codes by which a kind refuses a value; every other code is a rule's.
export const KIND_CODES = new Set(['wrong_type', 'too_long', 'too_short', 'too_small', 'too_large', 'too_precise', 'too_many',
    'not_a_number', 'not_a_bool', 'not_a_date', 'not_a_time', 'not_a_color', 'not_a_duration', 'not_an_id', 'not_an_email',
        'not_a_url',
    'not_a_phone', 'not_allowed', 'invalid_text', 'control_character', 'line_break', 'open_quote', 'unknown_key',
        'wrong_currency',
    'unknown_field']);

// Texts whose names promise a form that their kind does not know.
const BY_NAME = {
    country: 'AU', currency: 'AUD', timezone: 'Australia/Sydney', language: 'en', domain: () => `d${unique()}.example.com`,
    password: 'correct horse battery 8', ip_address: '192.0.2.1', country_code: 'AU',
};
const LIMITS = { text: 255, markdown: 100_000, email: 254, phone: 32, url: 2048 };

export const writable = (f) => !f.implicit && !f.read_only && !f.hidden;
export const stored = (f) => !f.transient && !f.secret && !f.hidden;
export const longest = (f) => f.max || LIMITS[f.kind] || 255;

function text(f, size) {
    if (f.name in BY_NAME) return typeof BY_NAME[f.name] === 'function' ? BY_NAME[f.name]() : BY_NAME[f.name];
    const mark = unique();
    if (size === 'min') return mark.slice(-Math.min(mark.length, longest(f)));
    const fill = 'Zoë & 茶 <b>"x"</b> 😀 ';
    const wanted = Math.min(longest(f), 3000);
    return [...(mark + fill.repeat(Math.ceil(wanted / 10)))].slice(0, wanted - 1).join('').trimEnd() + 'z';
}

// A value that the field must take; `size` is "min" or "max". Undefined for what the sweep cannot make (files).
export function valid(f, size) {
    switch (f.kind) {
    case 'text': return text(f, size);
    case 'markdown': return size === 'min' ? 'x' : '# Head\n\n* one\n* **two** <script>alert(1)</script>\n\n> 茶\n';
    case 'email': return `${unique()}@example.com`;
    case 'phone': return `+61 2 9374 ${String(4000 + (counter++ % 5000))}`;
    case 'url': return `https://example.com/${unique()}?a=1&b=%20#c`;
    case 'int': return size === 'min' ? f.min ?? 0 : f.max ?? 1_000_000;
    case 'decimal': return size === 'min' ? '0' : decimal(f, f.max ?? 123_456);
    case 'percent': return size === 'min' ? '0.00' : '12.50';
    case 'money': return size === 'min' ? (Math.max(f.min ?? 0, 0) / 100).toFixed(2) : '1234567.89';
    case 'bool': return size === 'max';
    case 'date': return size === 'min' ? '2026-01-01' : '2026-12-31';
    case 'time': return size === 'min' ? '2026-01-01T00:00:00Z' : '2026-12-31T23:59:59Z';
    case 'duration': return size === 'min' ? f.min ?? 1 : Math.min(f.max ?? 90, 90);
    case 'choice': return size === 'min' ? f.choices[0] : f.choices.at(-1);
    case 'choices': return size === 'min' ? [f.choices[0]] : [...f.choices];
    case 'tags': return size === 'min' ? ['a'] : ['alpha', 'béta', 'gamma delta'];
    case 'color': return '#3366cc';
    case 'secret': return `s3cret ${unique()}`;
    case 'json': return json(f.shape ?? 'any');
    default: return undefined;
    }
}

function decimal(f, scaled) {
    const scale = f.scale ?? 0;
    const digits = String(Math.min(scaled, 123_456)).padStart(scale + 1, '0');
    return scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
}

function json(shape) {
    if (shape === 'array') return ['a', 1, { b: true }];
    if (!shape.includes(':')) return { note: 'Zoë 😀', n: 1, list: [1, 2] };
    const sample = { text: 'x', int: 1, bool: true, decimal: '1.5' };
    return Object.fromEntries(shape.split(' ').map((pair) => pair.split(':')).map(([key, type]) => [key, sample[type] ?? 'x']));
}

// Values that the field must refuse: [what, value].
export function invalid(f) {
    const wrong = [['an object', { a: 1 }], ['a list in a list', [[1]]]];
    const notText = [['a number', 12], ['true', true], ['a list', ['a']]];
    switch (f.kind) {
    case 'text':
        return [...wrong, ...notText, ['too long', 'x'.repeat(longest(f) + 1)],
            ...(f.multiline ? [] : [['two lines', 'a\nb']])];
    case 'markdown': return [...wrong, ...notText];
    case 'email': return [...wrong, ...notText, ['no @', 'zoe.example.com'], ['two lines', 'a@b.example\nbcc: c@d.example']];
    case 'phone': return [...wrong, ...notText, ['letters', 'call me']];
    case 'url': return [...wrong, ...notText, ['a script', 'javascript:alert(1)'], ['no scheme', 'example']];
    case 'int': return [...wrong, ['a word', 'many'], ['a fraction', 1.5], ['true', true], ['too large', 2 ** 53 * 8]];
    case 'decimal': case 'percent': case 'money':
        return [...wrong, ['a word', 'many'], ['true', true], ['too precise', '1.12345678901'], ['an exponent', '1e400']];
    case 'bool': return [...wrong, ['a word', 'perhaps'], ['a number', 7]];
    case 'date': return [...wrong, ['not a day', '2026-02-30'], ['a number', 20260101], ['a word', 'soon-ish']];
    case 'time': return [...wrong, ['not an hour', '2026-01-01T25:00:00Z'], ['a number', 1767225600000],
        ['a word', 'never-ever']];
    case 'duration': return [...wrong, ['a word', 'long'], ['negative', -1]];
    case 'choice': return [...wrong, ['another word', 'no_such_choice'], ['a number', 1]];
    case 'choices': return [['an object', { a: 1 }], ['another word', ['no_such_choice']], ['a number', 1]];
    case 'ref': case 'file': return [...wrong, ['a word', 'first'], ['negative', -1], ['zero', 0], ['a fraction', 1.5],
        ['true', true]];
    case 'subject_type': return [...wrong, ['another word', 'no_such_entity']];
    case 'subject_id': return [...wrong, ['a word', 'first'], ['negative', -1]];
    case 'tags': return [['an object', { a: 1 }], ['a number', 1], ['a list in a list', [['a']]]];
    case 'color': return [...wrong, ['a word', 'reddish'], ['a number', 1]];
    case 'secret': return [...wrong, ['a number', 1]];
    case 'json': return (f.shape ?? 'any') === 'any' ? [] : [f.shape === 'array' ? ['an object', { a: 1 }] : ['a list', [1]],
        ['a word', 'x']];
    default: return [];
    }
}

// A filter value as it stands in an address.
export const filterText = (value) => encodeURIComponent(Array.isArray(value) ? value[0] ?? '' : String(value));

const sorted = (list) => JSON.stringify([...list].sort());
const lastDigits = (phone) => String(phone).replace(/\D/g, '').slice(-8);

// What comes back for a value that went in: kinds that normalise are compared by what they keep.
export function same(f, sent, got) {
    if (f.kind === 'phone') return typeof got === 'string' && lastDigits(got) === lastDigits(sent);
    if (f.kind === 'email' || f.kind === 'color') return String(got).toLowerCase() === String(sent).toLowerCase();
    if (f.kind === 'decimal' || f.kind === 'percent' || f.kind === 'money') return Number(got) === Number(sent);
    if (f.kind === 'choices' || f.kind === 'tags') return sorted(got ?? []) === sorted(sent);
    if (f.kind === 'time') return Date.parse(got) === Date.parse(sent);
    return JSON.stringify(got) === JSON.stringify(sent);
}

// Makes records of any entity, and of what they need, for one client. Rules that want more than a field's kind can say are met by
// `shape(entity, body, make)`, which may change a body before it is sent.
export class Maker {
    constructor(schema, client, shape) {
        this.entities = new Map(schema.map((e) => [e.name, e]));
        this.client = client;
        this.shape = shape;
        this.made = new Map();
        this.under = new Set();
    }

    // The id of some record of that entity; made where there is none yet. Undefined where it cannot be made through the API.
    async some(name) {
        if (this.made.has(name)) return this.made.get(name);
        const entity = this.entities.get(name);
        if (!entity || entity.internal || this.under.has(name)) return undefined;
        if (name === 'users') return this.client.userId;
        this.under.add(name);
        const record = entity.read_only ? null : await this.create(name, 'min').then((r) => r.record, () => null);
        this.under.delete(name);
        const id = record?.id ?? (await this.client.get(`/${name}?limit=1`)).json?.data?.[0]?.id;
        if (id !== undefined) this.made.set(name, id);
        return id;
    }

    async body(name, size) {
        const entity = this.entities.get(name);
        const body = {};
        for (const f of entity.fields.filter(writable)) {
            if (size === 'min' && !f.required) continue;
            if (f.kind === 'ref') {
                const id = f.to === name ? undefined : await this.some(f.to);
                if (id !== undefined) body[f.name] = id;
            } else if (f.kind === 'subject_type') {
                const to = f.subjects.split(' ').find((s) => this.entities.has(s) && s !== name);
                const id = to && await this.some(to);
                if (id !== undefined) Object.assign(body, { [f.name]: to, [f.name.replace(/_type$/, '_id')]: id });
            } else if (f.kind !== 'subject_id') {
                const value = valid(f, size);
                if (value !== undefined) body[f.name] = value;
            }
        }
        return (await this.shape?.(name, body, this, size)) ?? body;
    }

    // Creates; where a rule (never a kind) refuses a field that is not required, the field is left out. Returns { record, sent,
    // dropped }.
    async create(name, size, change = {}) {
        const entity = this.entities.get(name);
        const sent = { ...(await this.body(name, size)), ...change };
        const dropped = [];
        for (let attempt = 0; ; attempt++) {
            const answer = await this.client.make(entity, sent);
            if (answer.status === 201) return { record: answer.json.data ?? answer.json, sent, dropped, answer };
            const errors = answer.json?.errors ?? [];
            const byRule = errors.filter((e) => !KIND_CODES.has(e.code) && e.field in sent && !(e.field in change)
                && !entity.fields.find((f) => f.name === e.field)?.required);
            if (attempt === 8 || byRule.length === 0) {
                const told = `${answer.status} ${answer.text.slice(0, 600)}\nsent ${JSON.stringify(sent).slice(0, 600)}`;
                throw new Error(`POST /${name} (${size}): ${told}`);
            }
            for (const e of byRule) {
                delete sent[e.field];
                dropped.push(`${e.field}: ${e.code}`);
            }
        }
    }
}
