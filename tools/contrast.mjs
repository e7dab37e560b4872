// contrast.mjs - can everybody read it? Computes the WCAG contrast of every pair of colours that the interface relies on,
// in light and dark, from web/css/tokens.css; fails below the floor. node tools/contrast.mjs [tokens.css] [--all]
import fs from 'node:fs';

const TEXT = 4.5;   // WCAG 2.2, 1.4.3
const STRONG = 7;   // our own floor for primary text
const MARK = 3;     // WCAG 2.2, 1.4.11: outlines, dots, chart marks
const SURFACES = ['surface', 'frame', 'surface-2', 'card', 'raised', 'sunken', 'accent-soft'];
const HUES = ['gray', 'blue', 'cyan', 'teal', 'green', 'amber', 'orange', 'red', 'pink', 'violet'];

/* floor, foregrounds, backgrounds: every one on every one. */
const RULES = [
    [STRONG, ['text'], ['surface', 'frame', 'card', 'raised', 'sunken']],
    [TEXT, ['text-2', 'text-3'], SURFACES],
    [TEXT, ['accent-text'], ['surface', 'frame', 'card', 'raised', 'accent-soft', 'accent-soft-2']],
    [TEXT, ['on-accent'], ['accent', 'accent-hover']],
    [TEXT, ['on-danger'], ['danger']],
    [STRONG, ['on-inverse'], ['inverse']],
    [TEXT, ['on-inverse', 'on-inverse-2'], ['inverse-2']],
    [TEXT, ['on-inverse-2'], ['inverse']],
    [MARK, ['line-control'], ['surface', 'raised']],
    [MARK, ['accent'], ['surface', 'frame', 'raised']],
    ...HUES.flatMap((hue) => [
        [TEXT, [`${hue}-fg`], [`${hue}-bg`, 'surface', 'raised']],
        [MARK, [`${hue}-solid`], ['surface', 'card']],
    ]),
];

/* Linear red, green and blue of #rgb, #rrggbb or oklch(L% C H) (CSS Color 4, 10.2 and 17.2). */
function linear_rgb(color) {
    if (color.startsWith('#')) {
        const digits = color.length === 4 ? color.slice(1).replace(/./g, '$&$&') : color.slice(1);
        return [0, 2, 4].map((i) => {
            const v = parseInt(digits.slice(i, i + 2), 16) / 255;
            return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        });
    }
    const [lightness, chroma, hue] = color.match(/[\d.]+/g).map(Number);
    const radians = (hue * Math.PI) / 180;
    const lab = [lightness / 100, chroma * Math.cos(radians), chroma * Math.sin(radians)];
    const times = (matrix, v) => matrix.map((row) => row.reduce((sum, x, i) => sum + x * v[i], 0));
    const lms = times([
        [1, 0.3963377774, 0.2158037573],
        [1, -0.1055613458, -0.0638541728],
        [1, -0.0894841775, -1.291485548],
    ], lab).map((v) => v ** 3);
    return times([
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.707614701],
    ], lms).map((v) => Math.min(1, Math.max(0, v)));
}

function luminance(color) {
    const [r, g, b] = linear_rgb(color);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

/* Name -> [light, dark] for each token that is a plain colour in both themes. */
export function colors(css) {
    const color = '(oklch\\([^)/]*\\)|#[0-9a-fA-F]{3,6})';
    const token = new RegExp(`--([\\w-]+):\\s*light-dark\\(\\s*${color}\\s*,\\s*${color}\\s*\\)`, 'g');
    const found = new Map();
    for (const [, name, light, dark] of css.matchAll(token)) if (!found.has(name)) found.set(name, [light, dark]);
    return found;
}

export function check(css) {
    const tokens = colors(css);
    const results = [];
    for (const [floor, fronts, backs] of RULES) for (const front of fronts) for (const back of backs) {
        for (const [i, theme] of ['light', 'dark'].entries()) {
            const pair = [tokens.get(front)?.[i], tokens.get(back)?.[i]];
            const ratio = pair[0] && pair[1] ? contrast(...pair) : 0; // a token that is missing fails
            results.push({ theme, front, back, floor, ratio });
        }
    }
    return results;
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
    const file = process.argv.slice(2).find((a) => !a.startsWith('--'));
    const results = check(fs.readFileSync(file ?? new URL('../web/css/tokens.css', import.meta.url), 'utf8'));
    const low = results.filter((r) => r.ratio < r.floor);
    for (const r of process.argv.includes('--all') ? results : low)
        console.log(`${r.theme.padEnd(5)} --${r.front} on --${r.back}: ${r.ratio.toFixed(2)}, floor ${r.floor}`);
    console.log(`${results.length} pairs, ${low.length} below their floor`);
    process.exit(low.length ? 1 : 0);
}
