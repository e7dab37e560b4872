// source.mjs - reads C as far as lint needs: code without comments and strings, the strings, the functions, the entities.

export const lineAt = (text, index) => text.slice(0, index).split('\n').length;

// Returns { code, strings, comments }. `code` has the length of `text`, with comments and the insides of literals blanked;
// `strings` are { at, end, text }, adjacent literals joined; `comments` are { at, end, text }.
export function readC(text) {
    const code = text.split('');
    const pieces = [];
    const comments = [];
    const blank = (from, to) => { for (let k = from; k < to; k++) if (code[k] !== '\n') code[k] = ' '; };
    for (let i = 0; i < text.length;) {
        const two = text.slice(i, i + 2);
        if (two === '/*' || two === '//') {
            const found = text.indexOf(two === '/*' ? '*/' : '\n', i + 2);
            const end = found < 0 ? text.length : two === '/*' ? found + 2 : found;
            comments.push({ at: i, end, text: text.slice(i, end) });
            blank(i, end);
            i = end;
        } else if (text[i] === '"' || text[i] === "'") {
            let k = i + 1;
            while (k < text.length && text[k] !== text[i] && text[k] !== '\n') k += text[k] === '\\' ? 2 : 1;
            if (text[i] === '"') pieces.push({ at: i, end: k + 1, text: text.slice(i + 1, k) });
            blank(i + 1, k);
            i = k + 1;
        } else {
            i++;
        }
    }
    const clean = code.join('');
    const strings = [];
    for (const piece of pieces) {
        const last = strings.at(-1);
        if (last && clean.slice(last.end, piece.at).trim() === '') {
            last.text += piece.text;
            last.end = piece.end;
        } else {
            strings.push({ ...piece });
        }
    }
    return { code: clean, strings, comments };
}

// Functions of a C file as { name, from, to } in lines: from the line of the name to the closing brace.
export function functionsOfC(code) {
    const plain = code.replace(/^[ \t]*#(?:.*\\\n)*.*$/gm, (m) => m.replace(/[^\n]/g, ' '));
    const found = [];
    let depth = 0;
    let open = null;
    for (let i = 0; i < plain.length; i++) {
        if (plain[i] === '{') {
            if (depth++ === 0) {
                const head = /(\w+)\s*\([^;{}]*\)\s*$/.exec(plain.slice(Math.max(0, i - 2000), i));
                if (head) open = { name: head[1], from: lineAt(plain, Math.max(0, i - 2000) + head.index) };
            }
        } else if (plain[i] === '}' && --depth === 0 && open) {
            found.push({ ...open, to: lineAt(plain, i) });
            open = null;
        }
    }
    return found;
}

// The text between the parenthesis at `open` and its partner.
export function inParentheses(code, open) {
    let depth = 0;
    for (let i = open; i < code.length; i++) {
        if (code[i] === '(') depth++;
        else if (code[i] === ')' && --depth === 0) return { from: open + 1, to: i };
    }
    return { from: open + 1, to: code.length };
}

// What every entity has without saying so.
export const IMPLICIT = ['id', 'tenant_id', 'created_at', 'updated_at', 'created_by_id', 'updated_by_id', 'version',
    'deleted_at'];

// Members of an entity whose value is a name or a list of names of its fields.
const WORD_LISTS = new RegExp(
    String.raw`(?<![\w{])\.(name|title|list|filter|sort|board|board_card|board_sum|owner|parent|match|state`
    + String.raw`|exclusive|exclusive_in|still|line_of) = "([^"]*)"`, 'g');

// Macros that stand for several field declarations: name -> field names.
export function fieldMacros(files) {
    const macros = new Map();
    for (const { text } of files) {
        for (const found of text.matchAll(/^#define (\w+)(?:\([^)\n]*\))?((?:.*\\\n)*.*)$/gm)) {
            const names = [...found[2].matchAll(/\{\s*"([a-z]\w*)",\s*(?:N_\(|\w)/g)].map((m) => m[1]);
            if (names.length > 0) macros.set(found[1], names);
        }
    }
    return macros;
}

// Entities of the files: [{ id, name, path, line, body, at, fields: Set, flags: [], words: {key: value} }].
export function entitiesOf(files) {
    const macros = fieldMacros(files);
    const found = [];
    for (const file of files) {
        const { code } = file.c ?? readC(file.text);
        for (const start of code.matchAll(/^ENTITY\((\w+)\) = \{/gm)) {
            const at = start.index + start[0].length - 1;
            let depth = 0;
            let end = at;
            for (; end < code.length; end++) {
                if (code[end] === '{') depth++;
                else if (code[end] === '}' && --depth === 0) break;
            }
            const body = file.text.slice(at, end);
            const bare = code.slice(at, end);
            const fieldsAt = bare.indexOf('FIELDS(');
            const names = [];
            if (fieldsAt >= 0) {
                const span = inParentheses(bare, fieldsAt + 6);
                const part = body.slice(span.from, span.to);
                names.push(...[...part.matchAll(/\{\s*"([a-z]\w*)",/g)].map((m) => m[1]));
                for (const word of part.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)) names.push(...(macros.get(word[0]) ?? []));
            }
            const words = {};
            for (const pair of body.matchAll(WORD_LISTS)) words[pair[1]] ??= pair[2];
            const head = body.slice(0, fieldsAt < 0 ? undefined : fieldsAt);
            const flags = /\.flags = ([A-Z_| ]+)/.exec(head)?.[1].split(/[| ]+/) ?? [];
            found.push({
                id: start[1], name: words.name, path: file.path, line: lineAt(code, start.index), at, end, body, flags, words,
                fields: new Set([...names, ...IMPLICIT]),
            });
        }
    }
    return found;
}
