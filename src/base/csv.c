/* csv.c - reading CSV record by record (csv.h).
 *
 * Bytes come in by chunks (raw), are made UTF-8 (text), and a record is found in the text before any of its fields is touched.
 * A record that the text holds in part only is looked for again from its start once more has been read. After the text stand
 * line feeds, so that the search needs no bounds.
 */
#include "base/csv.h"

#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef TENON_FUZZ
#define CSV_CHUNK ((size_t)64) // so that the borders of chunks are found by short files
#else
#define CSV_CHUNK ((size_t)128 << 10)
#endif
#define CSV_RECORD_LIMIT ((size_t)1 << 20)
#define CSV_FIELD_LIMIT 16384u
#define CSV_SENTINELS 16u
#define CSV_SAMPLE_RECORDS 64

struct csv_reader {
    struct arena *arena;
    struct errors *errors;
    struct csv_source source;
    uint64_t bytes_read;
    char *raw; // CSV_CHUNK bytes; what is not yet decoded stands at the front
    size_t raw_len;
    bool source_ended;
    bool encoding_certain; // false while all was ASCII
    enum csv_encoding encoding;
    const char *broken; // why nothing after the text can be decoded
    char *text;
    size_t text_len, text_cap;
    size_t pos, line; // of the next record
    struct str *fields;
    size_t field_count, field_cap;
    size_t loose_quotes; // fields that go on after their closing quote
    char delimiter;
    bool failed;
};

enum csv_step { CSV_WHOLE, CSV_MORE, CSV_NUL, CSV_WIDE };

struct csv_memory {
    struct str rest;
};

static ptrdiff_t csv_read_memory(void *arg, char *into, size_t room) {
    struct csv_memory *memory = arg;
    struct str part = str_slice(memory->rest, 0, room);
    if (part.len) memcpy(into, part.ptr, part.len);
    memory->rest = str_slice(memory->rest, part.len, memory->rest.len);
    return (ptrdiff_t)part.len;
}

struct csv_source csv_from_memory(struct arena *arena, struct str bytes) {
    struct csv_memory *memory = arena_alloc(arena, sizeof *memory);
    memory->rest = bytes;
    return (struct csv_source){csv_read_memory, memory};
}

static ptrdiff_t csv_read_file(void *arg, char *into, size_t room) {
    size_t n = fread(into, 1, room, arg);
    return n == 0 && ferror(arg) ? -1 : (ptrdiff_t)n;
}

struct csv_source csv_from_file(FILE *file) {
    return (struct csv_source){csv_read_file, file};
}

static bool csv_fail(struct csv_reader *csv, size_t line, const char *why) {
    csv->failed = true;
    return errors_add(csv->errors, 422, "malformed_csv", NULL, "Line %zu: %s", line, why);
}

static bool csv_read(struct csv_reader *csv) {
    while (csv->raw_len < CSV_CHUNK && !csv->source_ended) {
        ptrdiff_t n = csv->source.read(csv->source.arg, csv->raw + csv->raw_len, CSV_CHUNK - csv->raw_len);
        if (n < 0) {
            csv->failed = true;
            return errors_add(csv->errors, 500, "read_failed", NULL, "The file could not be read to its end. Try again.");
        }
        csv->source_ended = n == 0;
        csv->raw_len += (size_t)n;
        csv->bytes_read += (uint64_t)n;
    }
    return true;
}

/* UTF-16 of a western text has a zero in almost every unit, always on the same side. */
static enum csv_encoding csv_guess_by_zeros(struct str sample) {
    size_t units = (sample.len < 4096 ? sample.len : 4096) / 2, zeros[2] = {0, 0};
    for (size_t i = 0; i < units * 2; i++) zeros[i & 1] += sample.ptr[i] == 0;
    if (units && zeros[0] == 0 && zeros[1] * 4 >= units * 3) return CSV_UTF16LE;
    if (units && zeros[1] == 0 && zeros[0] * 4 >= units * 3) return CSV_UTF16BE;
    return CSV_UNKNOWN;
}

/* Looks at the first chunk, and takes the byte order mark off. */
static void csv_detect_encoding(struct csv_reader *csv, enum csv_encoding wanted) {
    static const struct {
        struct str mark;
        enum csv_encoding encoding;
    } marks[] = {
        {STR_INIT("\xEF\xBB\xBF"), CSV_UTF8},
        {STR_INIT("\xFF\xFE"), CSV_UTF16LE},
        {STR_INIT("\xFE\xFF"), CSV_UTF16BE},
    };
    struct str sample = {csv->raw, csv->raw_len};
    csv->encoding = wanted;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if ((wanted != CSV_UNKNOWN && wanted != marks[i].encoding) || !str_starts(sample, marks[i].mark)) continue;
        csv->encoding = marks[i].encoding;
        csv->raw_len -= marks[i].mark.len;
        memmove(csv->raw, csv->raw + marks[i].mark.len, csv->raw_len);
    }
    if (csv->encoding == CSV_UNKNOWN) csv->encoding = csv_guess_by_zeros(sample);
    csv->encoding_certain = csv->encoding != CSV_UNKNOWN;
    if (!csv->encoding_certain) csv->encoding = CSV_UTF8;
}

/* Each decoder appends to the text what it can and says how many raw bytes that were. The text has room for it. */
static size_t csv_decode_1252(struct csv_reader *csv) {
    static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                      0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                      0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    char *out = csv->text + csv->text_len;
    for (size_t i = 0; i < csv->raw_len; i++) {
        unsigned char c = (unsigned char)csv->raw[i];
        if (c < 0x80) {
            *out++ = (char)c;
        } else {
            out += utf8_encode(c < 0xA0 ? high[c - 0x80] : c, out);
        }
    }
    csv->text_len = (size_t)(out - csv->text);
    return csv->raw_len;
}

static size_t csv_decode_utf8(struct csv_reader *csv) {
    struct str raw = {csv->raw, csv->raw_len};
    size_t ascii = csv->encoding_certain ? 0 : utf8_ascii_length(raw);
    size_t valid = ascii == raw.len ? ascii : utf8_valid_length(raw);
    bool cut_short = raw.len - valid < 4 && !csv->source_ended; // perhaps a character whose rest is still to come
    if (valid < raw.len && !cut_short) {
        if (!csv->encoding_certain) {
            csv->encoding = CSV_WINDOWS_1252;
            csv->encoding_certain = true;
            return csv_decode_1252(csv);
        }
        csv->broken = "The file is UTF-8 before this line, but here are bytes that are not. Save it as UTF-8 and try again.";
    }
    if (valid > ascii) csv->encoding_certain = true;
    memcpy(csv->text + csv->text_len, raw.ptr, valid);
    csv->text_len += valid;
    return valid;
}

static uint32_t csv_unit(const struct csv_reader *csv, size_t i) {
    unsigned char a = (unsigned char)csv->raw[i], b = (unsigned char)csv->raw[i + 1];
    return csv->encoding == CSV_UTF16LE ? (uint32_t)(a | b << 8) : (uint32_t)(a << 8 | b);
}

static size_t csv_decode_utf16(struct csv_reader *csv) {
    size_t i = 0;
    while (i + 2 <= csv->raw_len) {
        uint32_t c = csv_unit(csv, i);
        size_t size = 2;
        if (c >= 0xD800 && c <= 0xDFFF) {
            if (i + 4 > csv->raw_len && !csv->source_ended) return i;
            uint32_t low = i + 4 <= csv->raw_len ? csv_unit(csv, i + 2) : 0;
            if (c > 0xDBFF || low < 0xDC00 || low > 0xDFFF) break;
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            size = 4;
        }
        csv->text_len += utf8_encode(c, csv->text + csv->text_len);
        i += size;
    }
    bool odd_byte = csv->raw_len - i == 1 && !csv->source_ended;
    if (i < csv->raw_len && !odd_byte) {
        csv->broken = "The file is UTF-16, but here are bytes that are not. Save it as UTF-8 and try again.";
    }
    return i;
}

/* Drops the text before the next record and appends what another chunk holds. False where reading fails. */
static bool csv_fill(struct csv_reader *csv, enum csv_encoding wanted) {
    if (!csv_read(csv)) return false;
    if (csv->encoding == CSV_UNKNOWN) csv_detect_encoding(csv, wanted);
    csv->text_len -= csv->pos;
    if (csv->pos) memmove(csv->text, csv->text + csv->pos, csv->text_len);
    csv->pos = 0;
    size_t need = csv->text_len + 3 * csv->raw_len + CSV_SENTINELS; // a byte becomes at most three
    if (need > csv->text_cap) {
        size_t cap = need < csv->text_cap * 2 ? csv->text_cap * 2 : need;
        csv->text = arena_grow(csv->arena, csv->text, csv->text_cap, cap);
        csv->text_cap = cap;
    }
    size_t done;
    switch (csv->encoding) {
    case CSV_UTF16LE:
    case CSV_UTF16BE:
        done = csv_decode_utf16(csv);
        break;
    case CSV_WINDOWS_1252:
        done = csv_decode_1252(csv);
        break;
    default:
        done = csv_decode_utf8(csv);
        break;
    }
    csv->raw_len -= done;
    memmove(csv->raw, csv->raw + done, csv->raw_len);
    memset(csv->text + csv->text_len, '\n', CSV_SENTINELS);
    return true;
}

/* All that the source holds stands in the text. */
static bool csv_complete(const struct csv_reader *csv) {
    return csv->source_ended && csv->raw_len == 0;
}

/* The next c, line end or NUL. */
static char *csv_search(char *p, char c) {
#ifdef __SSE2__
    const __m128i wanted = _mm_set1_epi8(c), feed = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r'), zero = _mm_setzero_si128();
    for (;; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(v, feed), _mm_cmpeq_epi8(v, back));
        __m128i hit = _mm_or_si128(ends, _mm_or_si128(_mm_cmpeq_epi8(v, wanted), _mm_cmpeq_epi8(v, zero)));
        int mask = _mm_movemask_epi8(hit);
        if (mask) return p + __builtin_ctz((unsigned)mask);
    }
#else
    while (*p != c && *p != '\n' && *p != '\r' && *p != 0) p++;
    return p;
#endif
}

/* Past the line end at p, or NULL where a CR is the last that was read and an LF may follow. */
static char *csv_line_end(const struct csv_reader *csv, char *p, const char *end) {
    if (*p == '\n') return p + 1;
    if (p + 1 == end) return csv_complete(csv) ? p + 1 : NULL;
    return p[1] == '\n' ? p + 2 : p + 1;
}

/* Past the closing quote of a field whose opening quote is at *at. */
static enum csv_step csv_find_quote(const struct csv_reader *csv, char **at, const char *end, size_t *line) {
    char *p = *at + 1;
    for (;;) {
        p = csv_search(p, '"');
        if (p == end) return CSV_MORE;
        if (*p == 0) return CSV_NUL;
        if (*p != '"') {
            if (!(p = csv_line_end(csv, p, end))) return CSV_MORE;
            ++*line;
        } else if (p + 1 == end && !csv_complete(csv)) {
            return CSV_MORE;
        } else if (p + 1 != end && p[1] == '"') {
            p += 2;
        } else {
            *at = p + 1;
            return CSV_WHOLE;
        }
    }
}

static bool csv_push(struct csv_reader *csv, const char *start, const char *end) {
    if (csv->field_count == csv->field_cap) {
        if (csv->field_cap >= CSV_FIELD_LIMIT) return false;
        size_t cap = csv->field_cap ? csv->field_cap * 2 : 64;
        csv->fields = arena_grow(csv->arena, csv->fields, csv->field_cap * sizeof *csv->fields, cap * sizeof *csv->fields);
        csv->field_cap = cap;
    }
    csv->fields[csv->field_count++] = (struct str){start, (size_t)(end - start)};
    return true;
}

/* Finds the fields of the record at *pos, quotes still on, and what follows it. *line is where it ends or fails; *quote is the
 * line of a quote that is open where more text is needed. */
static enum csv_step csv_scan(struct csv_reader *csv, size_t *pos, size_t *line, size_t *quote) {
    char *p = csv->text + *pos, *end = csv->text + csv->text_len;
    csv->field_count = 0;
    for (;;) {
        char *start = p, *tail = NULL;
        if (*p == '"') {
            *quote = *line;
            enum csv_step step = csv_find_quote(csv, &p, end, line);
            if (step != CSV_WHOLE) return step;
            *quote = 0;
            tail = p;
        }
        p = csv_search(p, csv->delimiter);
        if (p == end && !csv_complete(csv)) return CSV_MORE;
        if (*p == 0) return CSV_NUL;
        if (!csv_push(csv, start, p)) return CSV_WIDE;
        csv->loose_quotes += tail && tail != p;
        if (p == end) break;
        if (*p != csv->delimiter) {
            if (!(p = csv_line_end(csv, p, end))) return CSV_MORE;
            ++*line;
            break;
        }
        p++;
    }
    *pos = (size_t)(p - csv->text);
    return CSV_WHOLE;
}

/* Takes the quotes off a field, in place: what stands after the closing one is kept. */
static void csv_unquote(struct str *field) {
    char *base = (char *)(uintptr_t)field->ptr; // points into csv->text
    ptrdiff_t at = str_index(str_slice(*field, 1, field->len), '"');
    if ((size_t)at + 2 == field->len) {
        *field = str_slice(*field, 1, field->len - 1);
        return;
    }
    char *out = base + 1, *p = base + 1, *end = base + field->len;
    bool open = true;
    while (p < end) {
        char *mark = open ? memchr(p, '"', (size_t)(end - p)) : NULL;
        size_t run = mark ? (size_t)(mark - p) : (size_t)(end - p);
        memmove(out, p, run);
        out += run;
        p += run;
        if (!mark) break;
        open = p + 1 < end && p[1] == '"';
        if (open) *out++ = '"';
        p += open ? 2 : 1;
    }
    *field = (struct str){base + 1, (size_t)(out - base - 1)};
}

/* How evenly a delimiter divides the first records: most of them into the same number of fields, at least two. */
static size_t csv_score(struct csv_reader *csv, char delimiter) {
    size_t counts[CSV_SAMPLE_RECORDS], n = 0, best = 0, pos = csv->pos, line = 1, quote = 0;
    csv->delimiter = delimiter;
    csv->loose_quotes = 0;
    while (n < CSV_SAMPLE_RECORDS && pos < csv->text_len && csv_scan(csv, &pos, &line, &quote) == CSV_WHOLE) {
        bool empty = csv->field_count == 1 && csv->fields[0].len == 0;
        if (!empty) counts[n++] = csv->field_count;
    }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++) same += counts[k] == counts[i];
        // Evenness first, agreement with the header next, then the number of fields.
        size_t score = same * 1000 / n + (counts[i] == counts[0] ? 500 : 0);
        score = score * CSV_FIELD_LIMIT + counts[i];
        if (counts[i] > 1 && score > best) best = score;
    }
    return csv->loose_quotes ? best / 2 : best; // quotes that do not end fields belong to another delimiter
}

static bool csv_may_delimit(char c) {
    return c != 0 && c != '"' && c != '\n' && c != '\r';
}

static void csv_detect_delimiter(struct csv_reader *csv) {
    static const char candidates[] = ",;\t|";
    struct str text = str_slice((struct str){csv->text, csv->text_len}, csv->pos, csv->text_len);
    bool named = text.len > 5 && str_ieq(str_slice(text, 0, 4), STR("sep=")) && csv_may_delimit(text.ptr[4]);
    if (named && (text.ptr[5] == '\r' || text.ptr[5] == '\n')) {
        csv->delimiter = text.ptr[4];
        csv->pos += 5; // the rest of that line is an empty one
        return;
    }
    size_t best = 0;
    char found = ',';
    for (const char *c = candidates; *c; c++) {
        size_t score = csv_score(csv, *c);
        if (score > best) {
            best = score;
            found = *c;
        }
    }
    csv->delimiter = found;
}

struct csv_reader *csv_open(struct arena *arena, struct csv_source source, struct csv_options options, struct errors *errors) {
    struct csv_reader *csv = arena_alloc(arena, sizeof *csv);
    csv->arena = arena;
    csv->errors = errors;
    csv->source = source;
    csv->line = 1;
    csv->raw = arena_raw(arena, CSV_CHUNK);
    if (!csv_fill(csv, options.encoding)) return NULL;
    csv->delimiter = options.delimiter;
    if (!csv_may_delimit(options.delimiter)) csv_detect_delimiter(csv);
    return csv;
}

/* Gets more text for a record that is there in part; false where there is none and why has been said. */
static bool csv_extend(struct csv_reader *csv, size_t line, size_t quote) {
    if (csv->text_len - csv->pos > CSV_RECORD_LIMIT) {
        return csv_fail(csv, quote ? quote : csv->line,
                        quote ? "A quote is opened here and not closed within 1 MB. Close it, or double a quote that is text."
                              : "The record that starts here is over 1 MB. Is this a CSV file?");
    }
    if (csv_complete(csv))
        return csv_fail(csv, quote, "A quote is opened here and never closed. Close it, or double a quote that is text.");
    if (csv->broken) return csv_fail(csv, line, csv->broken);
    return csv_fill(csv, csv->encoding);
}

static void csv_skip_empty_lines(struct csv_reader *csv) {
    while (csv->pos < csv->text_len && (csv->text[csv->pos] == '\n' || csv->text[csv->pos] == '\r')) {
        char *next = csv_line_end(csv, csv->text + csv->pos, csv->text + csv->text_len);
        if (!next) return;
        csv->pos = (size_t)(next - csv->text);
        csv->line++;
    }
}

bool csv_next(struct csv_reader *csv, struct csv_record *record) {
    while (!csv->failed) {
        csv_skip_empty_lines(csv);
        if (csv->pos == csv->text_len && csv_complete(csv)) return false;
        size_t pos = csv->pos, line = csv->line, quote = 0;
        switch (csv_scan(csv, &pos, &line, &quote)) {
        case CSV_NUL:
            return csv_fail(csv, line, "There is a NUL byte here. Is this a text file? Save it as UTF-8 and try again.");
        case CSV_WIDE:
            return csv_fail(csv, line, "This record has more than 16,384 fields. Is this a CSV file?");
        case CSV_MORE:
            if (!csv_extend(csv, line, quote)) return false;
            continue;
        case CSV_WHOLE:
            break;
        }
        if (pos - csv->pos > CSV_RECORD_LIMIT)
            return csv_fail(csv, csv->line, "The record that starts here is over 1 MB. Is this a CSV file?");
        for (size_t i = 0; i < csv->field_count; i++) {
            if (csv->fields[i].len && csv->fields[i].ptr[0] == '"') csv_unquote(&csv->fields[i]);
        }
        *record = (struct csv_record){csv->fields, csv->field_count, csv->line};
        csv->pos = pos;
        csv->line = line;
        return true;
    }
    return false;
}

bool csv_failed(const struct csv_reader *csv) {
    return csv->failed;
}

uint64_t csv_position(const struct csv_reader *csv) {
    return csv->bytes_read;
}

char csv_delimiter(const struct csv_reader *csv) {
    return csv->delimiter;
}

enum csv_encoding csv_encoding(const struct csv_reader *csv) {
    return csv->encoding;
}
