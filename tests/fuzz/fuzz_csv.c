/* fuzz_csv.c - records read from any bytes are well-formed, and written by buf_csv they read as the same again.
 *
 * Built by clang with -fsanitize=fuzzer,address,undefined and -DTENON_FUZZ, with everything in src/base:
 *
 *     fuzz_csv -max_total_time=60 tests/fuzz/corpus/csv
 */
#include "base/buf.h"
#include "base/csv.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct kept {
    struct str *fields;
    size_t count;
    struct kept *next;
};

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

/* Every record before the end or the first error. */
static struct kept *read_all(struct arena *arena, struct str text, struct csv_options options, struct errors *errors) {
    struct kept *first = NULL, **last = &first;
    struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, text), options, errors);
    require(csv != NULL);
    struct csv_record record;
    size_t line = 0;
    while (csv_next(csv, &record)) {
        require(record.count > 0 && record.line > line);
        line = record.line;
        struct kept *kept = arena_alloc(arena, sizeof *kept);
        kept->fields = arena_array(arena, struct str, record.count);
        kept->count = record.count;
        for (size_t i = 0; i < record.count; i++) {
            require(utf8_valid(record.fields[i]) && str_index(record.fields[i], 0) < 0);
            kept->fields[i] = str_dup(arena, record.fields[i]);
        }
        *last = kept;
        last = &kept->next;
    }
    require(csv_failed(csv) == (errors->count > 0));
    require(csv_failed(csv) || csv_position(csv) == text.len);
    for (const struct error *error = errors->first; error; error = error->next) require(str_starts(error->message, STR("Line ")));
    return first;
}

static struct str write_all(struct arena *arena, const struct kept *records) {
    struct buf b = buf_new(arena, 1024);
    buf_lit(&b, "\xEF\xBB\xBF"); // so that a first field may begin with the same bytes
    for (const struct kept *record = records; record; record = record->next) {
        for (size_t i = 0; i < record->count; i++) {
            if (i) buf_char(&b, ',');
            buf_csv(&b, record->fields[i]);
        }
        if (record->count == 1 && record->fields[0].len == 0) buf_lit(&b, "\"\""); // an empty line is no record
        buf_lit(&b, "\r\n");
    }
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    static const struct csv_options all[] = {
        {0, CSV_UNKNOWN}, {',', CSV_UNKNOWN}, {0, CSV_UTF8}, {';', CSV_UTF16LE}, {0, CSV_UTF16BE}, {0, CSV_WINDOWS_1252},
    };
    struct arena *arena = arena_new((size_t)256 << 20);
    struct errors errors = {.arena = arena}, none = {.arena = arena};
    struct csv_options options = all[data[0] % (sizeof all / sizeof *all)];
    struct kept *first = read_all(arena, (struct str){(const char *)data + 1, size - 1}, options, &errors);
    struct str text = write_all(arena, first);
    struct kept *second = read_all(arena, text, (struct csv_options){',', CSV_UTF8}, &none);
    require(none.count == 0);
    for (; first && second; first = first->next, second = second->next) {
        require(first->count == second->count);
        for (size_t i = 0; i < first->count; i++) require(str_eq(first->fields[i], second->fields[i]));
    }
    require(!first && !second);
    arena_free(arena);
    return 0;
}
