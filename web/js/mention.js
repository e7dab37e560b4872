// mention.js - "@to" in a note names people: who is chosen stands there as a link to their record, so that the note knows them
// by more than the name of that day (http/mention.h). <textarea data-mention>
import { Options } from './options.js';
import { say } from './say.js';

const TYPED = /(?:^|[\s(])@((?:[\p{L}\p{N}.'-]{1,20}(?: [\p{L}\p{N}.'-]{0,20})?)?)$/u;
const armed = new WeakSet();

class Mention {
    constructor(area) {
        this.area = area;
        this.options = new Options(area, say('People'), (item) => this.put(item));
        area.addEventListener('input', () => this.find());
    }

    typed() {
        return TYPED.exec(this.area.value.slice(0, this.area.selectionStart))?.[1] ?? null;
    }

    async find() {
        const asked = this.typed();
        if (asked === null) {
            this.options.show([]);
            return;
        }
        try {
            const url = `/users/pick?q=${encodeURIComponent(asked.trim())}`;
            const answer = await fetch(url, { headers: { Accept: 'application/json' } });
            const { options } = await answer.json();
            if (asked === this.typed() && document.activeElement === this.area) this.options.show(options);
        } catch {
            this.options.show([]);
        }
    }

    put(item) {
        const from = this.area.selectionStart - this.typed().length - 1;
        const name = item.dataset.title.replace(/[\\[\]]/g, '');
        this.area.setRangeText(`[@${name}](/users/${item.dataset.id}) `, from, this.area.selectionStart, 'end');
        this.area.dispatchEvent(new Event('input', { bubbles: true }));
    }
}

export function arm_mentions() {
    for (const area of document.querySelectorAll('#main textarea[data-mention]')) {
        if (armed.has(area)) continue;
        armed.add(area);
        new Mention(area);
    }
}
