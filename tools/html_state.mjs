// html_state.mjs - follows the HTML of a template byte by byte, so that the template compiler (templates.mjs) knows what an
// expression stands in: element text, an attribute, a URL, JSON. It also writes the text out again without its comments and
// needless white space, and refuses what a page of ours may not contain: inline scripts, event handlers, unclosed elements.

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const RAW = new Set(['script', 'style']);
const RCDATA = new Set(['textarea', 'title']);
const KEEP_SPACE = new Set(['pre', 'textarea', 'script', 'style']);
const JSON_SCRIPT = new Set(['application/json', 'application/ld+json']);
const URL_ATTRS = new Set(('href src action formaction poster cite background data manifest ping xlink:href ' +
    'hx-get hx-post hx-patch hx-put hx-delete hx-push-url hx-replace-url').split(' '));
const JSON_ATTRS = new Set(['hx-vals', 'hx-headers']);
const HX_TEXT = new Set(('hx-target hx-select hx-select-oob hx-swap hx-swap-oob hx-include ' +
    'hx-indicator hx-sync').split(' '));
/* Attributes whose value a person reads, and elements whose text is the same in every language. */
const WORD_ATTRS = new Set('title aria-label aria-description aria-roledescription placeholder alt data-words'.split(' '));
const NO_WORDS = new Set(['code', 'kbd', 'pre', 'textarea']);
const SAFE_SCHEMES = new Set(['http', 'https', 'mailto', 'tel']);
const SPACE = /[ \t\n\r\f]/;
const NAME_START = /[A-Za-z]/;
const NAME_CHAR = /[^ \t\n\r\f/>=<"'`{}]/;
const STYLE = /^\s*(--[\w-]+\s*:[^:;{}"<>]*(;\s*|$))*$/;

export class HtmlError extends Error {}

const fail = (message) => { throw new HtmlError(message); };

/* What an attribute does with its value; htmx's `:inherited` and the like do not change it. */
function attribute_kind(name) {
    const plain = name.toLowerCase();
    const base = plain.startsWith('hx-') ? plain.split(':')[0] : plain;
    if (plain.startsWith('on') || plain.startsWith('hx-on')) return 'handler';
    if (URL_ATTRS.has(base)) return 'url';
    if (base === 'style') return 'style';
    if (JSON_ATTRS.has(base)) return 'json';
    if (base === 'srcdoc' || base === 'srcset') return 'static';
    if (base === 'hx-confirm') return 'prefixed';
    if (base.startsWith('hx-') && !HX_TEXT.has(base)) return 'static';
    return 'plain';
}

export class HtmlState {
    constructor() {
        this.mode = 'text';
        this.stack = [];       // open elements: { name, line }
        this.tag = '';         // the tag being read
        this.closing = false;
        this.scriptType = '';
        this.attr = '';
        this.kind = '';        // attribute_kind of attr
        this.quote = '';
        this.value = '';       // static text of the value so far, expressions as 0
        this.phase = '';       // of a URL: start, scheme, path, mixed
        this.raw = '';         // element whose text is being read as it stands
        this.run = '';         // of raw text and comments: what may become their end
        this.mute = false;     // translate="no" in the tag being read
        this.space = '';       // white space read, not yet written
        this.afterSpace = false;
        this.fresh = false;    // directly behind <textarea> or <pre>, where a parser drops one newline
        this.line = 1;
    }

    clone() {
        const copy = Object.assign(new HtmlState(), this);
        copy.stack = this.stack.slice();
        return copy;
    }

    get keepsSpace() { return this.stack.some((e) => KEEP_SPACE.has(e.name)); }
    /* True where what is written is for people: templates.mjs offers it for translation. */
    get saysWords() {
        if (this.stack.some((e) => e.mute || NO_WORDS.has(e.name))) return false;
        if (this.mode === 'value') return WORD_ATTRS.has(this.attr.toLowerCase());
        return this.mode === 'text' || (this.mode === 'raw' && this.raw === 'title');
    }
    get inSvg() { return this.stack.some((e) => e.name === 'svg'); }

    /* Reads static text; returns what to write in pieces, each { text, words }: whether people read it. `head` and `tail`
       characters at the ends belong to lines that hold only a directive and are dropped where white space does not matter. */
    feed(text, line, head = 0, tail = 0) {
        const pieces = [];
        const add = (out, words) => {
            if (out === '') return;
            if (pieces.length && pieces[pieces.length - 1].words === words) pieces[pieces.length - 1].text += out;
            else pieces.push({ text: out, words });
        };
        this.line = line;
        for (let i = 0; i < text.length; i++) {
            const c = text[i];
            const droppable = (i < head || i >= text.length - tail) && SPACE.test(c);
            const mode = this.mode;
            if (!(droppable && !this.keepsSpace && mode === 'text')) {
                const out = this.step(c);
                add(out, mode === this.mode && this.mode !== 'raw' && this.saysWords);
            }
            if (c === '\n') this.line++;
        }
        return pieces;
    }

    step(c) {
        switch (this.mode) {
        case 'text': return this.inText(c);
        case 'lt': return this.afterLess(c);
        case 'decl': if (c === '>') this.mode = 'text'; return c;
        case 'bang': return this.inBang(c);
        case 'comment': return this.inComment(c);
        case 'tagname': return this.inTagName(c);
        case 'intag': case 'after': return this.inTag(c);
        case 'attrname': case 'aftername': return this.inAttrName(c);
        case 'beforevalue': return this.beforeValue(c);
        case 'value': case 'unquoted': return this.inValue(c);
        case 'selfclose':
            if (c !== '>') fail(`'/' inside <${this.tag}> must be followed by '>'`);
            return this.endTag(true);
        case 'raw': return this.inRaw(c);
        default: throw new Error(`mode ${this.mode}`);
        }
    }

    inText(c) {
        if (SPACE.test(c) && !this.keepsSpace) {
            this.space = c === '\n' || this.space === '\n' ? '\n' : ' ';
            return '';
        }
        if (c !== '<') this.fresh = false;
        if (c === '<') { this.mode = 'lt'; return ''; }
        return this.takeSpace() + c;
    }

    takeSpace() {
        const space = this.afterSpace ? '' : this.space;
        this.space = '';
        this.afterSpace = false;
        return space;
    }

    afterLess(c) {
        if (c === '!') { this.mode = 'bang'; this.run = '<!'; return ''; }
        const lead = this.takeSpace();
        this.tag = '';
        this.attr = '';
        this.scriptType = '';
        this.mute = false;
        this.closing = c === '/';
        if (!this.closing && !NAME_START.test(c)) fail("'<' that starts no tag; write &lt;");
        this.mode = 'tagname';
        if (!this.closing) this.tag = c;
        return lead + '<' + c;
    }

    inBang(c) {
        this.run += c;
        if (this.run === '<!--') { this.mode = 'comment'; this.run = ''; return ''; }
        if ('<!--'.startsWith(this.run)) return '';
        this.mode = 'decl';
        return this.takeSpace() + this.run;
    }

    inComment(c) {
        this.run = (this.run + c).slice(-3);
        if (this.run === '-->') this.mode = 'text';
        return '';
    }

    inTagName(c) {
        if (SPACE.test(c) || c === '>' || c === '/') {
            if (!this.tag) fail('a tag without a name');
            this.mode = 'after';
            return this.inTag(c);
        }
        if (!NAME_CHAR.test(c)) fail(`'${c}' inside a tag name`);
        this.tag += c;
        return c;
    }

    inTag(c) {
        if (SPACE.test(c)) { this.mode = 'intag'; this.space = ' '; return ''; }
        if (c === '>') return this.endTag(false);
        if (c === '/') { this.space = ''; this.mode = 'selfclose'; return ''; }
        if (this.mode === 'after') fail(`white space is missing inside <${this.tag}>`);
        if (this.closing) fail(`</${this.tag}> takes no attributes`);
        if (!NAME_CHAR.test(c)) fail(`'${c}' where an attribute of <${this.tag}> should start`);
        this.attr = c;
        this.mode = 'attrname';
        return this.takeSpace() + c;
    }

    inAttrName(c) {
        if (c === '=') {
            this.kind = attribute_kind(this.attr);
            if (this.kind === 'handler') fail(`${this.attr}: event handlers belong in app.js`);
            this.mode = 'beforevalue';
            this.space = '';
            return c;
        }
        if (SPACE.test(c)) { this.mode = 'aftername'; this.space = ' '; return ''; }
        if (this.mode === 'attrname' && NAME_CHAR.test(c)) { this.attr += c; return c; }
        this.mode = this.mode === 'aftername' ? 'intag' : 'after';
        return this.inTag(c);
    }

    beforeValue(c) {
        if (SPACE.test(c)) return '';
        if (c === '>') fail(`${this.attr}= without a value`);
        this.value = '';
        this.phase = 'start';
        this.quote = c === '"' || c === "'" ? c : '';
        this.mode = this.quote ? 'value' : 'unquoted';
        return this.quote ? c : this.inValue(c);
    }

    inValue(c) {
        const ends = this.quote ? c === this.quote : SPACE.test(c) || c === '>';
        if (ends) {
            this.endValue();
            this.mode = 'after';
            return this.quote ? c : this.inTag(c);
        }
        if (!this.quote && /["'<=`]/.test(c)) fail(`'${c}' inside an unquoted value of ${this.attr}`);
        this.value += c;
        if (this.kind === 'url') this.urlChar(c);
        return c;
    }

    urlChar(c) {
        if (this.phase === 'start') this.phase = 'scheme';
        if (this.phase !== 'scheme') return;
        if (/[/?#]/.test(c)) this.phase = 'path';
        if (c !== ':') return;
        const scheme = this.value.slice(0, -1).toLowerCase();
        if (!SAFE_SCHEMES.has(scheme)) fail(`${this.attr}: the scheme ${scheme}: is not allowed`);
        if (scheme === 'mailto' || scheme === 'tel') this.phase = 'path';
    }

    endValue() {
        if (this.kind === 'style' && !STYLE.test(this.value)) fail('style may only set custom properties (--name:value)');
        if (this.attr.toLowerCase() === 'type') this.scriptType = this.value;
        if (this.attr.toLowerCase() === 'translate' && this.value === 'no') this.mute = true;
    }

    endTag(selfClosed) {
        const name = this.inSvg || this.tag === 'svg' ? this.tag : this.tag.toLowerCase();
        const written = this.space && selfClosed ? ' />' : selfClosed ? '/>' : '>';
        this.space = '';
        this.afterSpace = false;
        this.mode = 'text';
        if (this.closing) {
            const open = this.stack.pop();
            if (!open) fail(`</${name}> closes nothing in this template`);
            if (open.name !== name) fail(`</${name}> where <${open.name}> of line ${open.line} is open`);
            return written;
        }
        if (VOID.has(name)) return written;
        if (selfClosed) {
            if (!this.inSvg) fail(`<${name}/>: only void and SVG elements may close themselves`);
            return written;
        }
        this.stack.push({ name, line: this.line, mute: this.mute });
        this.fresh = name === 'textarea' || name === 'pre';
        if (RAW.has(name) || RCDATA.has(name)) {
            this.raw = name;
            this.run = '';
            this.mode = 'raw';
        }
        return written;
    }

    /* Text of script, style, textarea and title: only its own end tag ends it. */
    inRaw(c) {
        this.fresh = false;
        this.run += c;
        const end = `</${this.raw}>`;
        if (end.startsWith(this.run.toLowerCase())) {
            if (this.run.length < end.length) return '';
            this.stack.pop();
            this.mode = 'text';
            this.afterSpace = false;
            const text = this.run;
            this.run = this.raw = '';
            return text;
        }
        const held = this.run;
        this.run = c === '<' ? c : '';
        const text = c === '<' ? held.slice(0, -1) : held;
        const words = /\S/.test(text);
        if (words && this.raw === 'script' && !JSON_SCRIPT.has(this.scriptType)) fail('scripts belong in app.js, not in a page');
        if (words && this.raw === 'style') fail('styles belong in web/css, not in a page');
        return text;
    }

    /* Before anything that is not static text: writes what was held back and settles where we are. */
    settle() {
        let out = '';
        if (this.mode === 'lt') fail('an expression or directive inside a tag name');
        if (this.mode === 'tagname') {
            if (!this.tag) fail('an expression or directive inside a tag name');
            this.mode = 'after';
        }
        if (this.mode === 'attrname') this.mode = 'after';
        if (this.mode === 'aftername') this.mode = 'intag';
        if (['comment', 'bang', 'decl'].includes(this.mode))
            fail('an expression or directive inside an HTML comment or declaration; use {# #}');
        if (['beforevalue', 'unquoted'].includes(this.mode))
            fail(`${this.attr}: a value with expressions or directives must be quoted`);
        if (this.mode === 'selfclose') fail(`a directive between '/' and '>' of <${this.tag}>`);
        if (this.mode === 'raw' && this.run) { out = this.run; this.run = ''; }
        if (this.mode === 'text' && this.space) { out = this.takeSpace(); this.afterSpace = true; }
        if (this.mode === 'intag' && this.space) { out = this.space; this.space = ''; }
        if (this.fresh) { out += '\n'; this.fresh = false; }
        return out;
    }

    /* Which escaper an expression needs here; moves past it. */
    expression() {
        this.afterSpace = false;
        switch (this.mode) {
        case 'text': return 'text';
        case 'raw':
            if (RCDATA.has(this.raw)) return 'attr';
            if (this.raw === 'script' && JSON_SCRIPT.has(this.scriptType)) return 'json';
            return fail(`an expression inside <${this.raw}>`);
        case 'value': return this.valueExpression();
        default: return fail(`an expression inside the tag <${this.tag}>, outside a quoted value`);
        }
    }

    valueExpression() {
        const start = this.value === '' && this.phase === 'start';
        const name = this.attr;
        if (name.toLowerCase() === 'type' && this.tag.toLowerCase() === 'script') fail('the type of a script must be static');
        this.value += '0';
        switch (this.kind) {
        case 'style': return 'style';
        case 'json':
            if (!this.value.startsWith('{')) fail(`${name}: must be written as a JSON object around its expressions`);
            return 'json_attr';
        case 'static': return fail(`${name} must be static`);
        case 'prefixed':
            if (start) fail(`${name} must begin with static text`);
            return 'attr';
        case 'url':
            if (this.phase === 'start') { this.phase = 'scheme'; return 'url_start'; }
            if (this.phase === 'path') return 'url_part';
            return fail(`${name}: put '/', '?' or '#' between the beginning of the URL and this expression`);
        default: return 'attr';
        }
    }

    /* Where the ends of all branches meet. */
    static merge(states) {
        const first = states[0].clone();
        for (const s of states.slice(1)) {
            const modes = [first.mode, s.mode].sort().join(' ');
            if (modes === 'after intag') first.mode = 'after';
            else if (first.mode !== s.mode) fail(`the branches end at different places of the HTML (${first.mode}, ${s.mode})`);
            if (first.stack.length !== s.stack.length || first.stack.some((e, i) => e.name !== s.stack[i].name)) {
                const open = (x) => x.stack.map((e) => e.name).join(' ') || 'nothing';
                fail(`the branches leave different elements open (${open(first)}; ${open(s)})`);
            }
            const elsewhere = first.attr !== s.attr || first.quote !== s.quote;
            if (first.mode === 'value' && elsewhere) fail('the branches end in different attributes');
            if (first.mode === 'raw' && first.raw !== s.raw) fail('the branches end in different elements');
            if (first.phase !== s.phase) first.phase = 'mixed';
            if (s.value.length > first.value.length) first.value = s.value;
            first.afterSpace = first.afterSpace && s.afterSpace;
        }
        return first;
    }

    /* The end of a loop's body must be where its next round begins. */
    static loop(start, end) {
        const after = HtmlState.merge([start, end]);
        if (after.mode !== start.mode) fail(`a loop inside <${start.tag}> must write its space before the attribute`);
        if (start.mode === 'value' && after.phase !== start.phase)
            fail(`a loop inside ${start.attr} that changes what the rest of the URL means`);
        return after;
    }

    /* At the end of a template or of a wrapped body. */
    finish(base) {
        if (this.mode !== 'text') fail(`the template ends inside <${this.tag || this.raw}>`);
        if (this.stack.length > base) {
            const open = this.stack[this.stack.length - 1];
            fail(`<${open.name}> of line ${open.line} is not closed`);
        }
    }
}
