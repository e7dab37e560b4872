/* fuzz_archive.c - any bytes read as an archive end in an error or in its end; and chunks of any content, soundly packed, never
 * lead the reader of a backup astray.
 *
 *     fuzz_archive -max_total_time=60 tests/fuzz/corpus/archive
 */
#include <sodium.h>

#include "core/backup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    require(sodium_init() >= 0);
    return 0;
}

static int64_t write_bytes(void *arg, void *bytes, size_t n) {
    buf_add(arg, (struct str){bytes, n});
    return (int64_t)n;
}

static int64_t read_bytes(void *arg, void *bytes, size_t n) {
    struct str *rest = arg;
    if (n > rest->len) n = rest->len;
    if (n) memcpy(bytes, rest->ptr, n);
    *rest = str_slice(*rest, n, rest->len);
    return (int64_t)n;
}

static bool take_row(void *arg, const struct backup_table *table, struct value *values) {
    size_t *sum = arg;
    for (int i = 0; i < table->count; i++) {
        require(values[i].type == VALUE_NULL || values[i].type == VALUE_INT || values[i].type == VALUE_TEXT);
        for (size_t k = 0; values[i].type == VALUE_TEXT && k < values[i].text.len; k++) *sum += (size_t)values[i].text.ptr[k];
    }
    return true;
}

static bool take_data(void *arg, struct str bytes) {
    *(size_t *)arg += bytes.len;
    return true;
}

static void read_all(struct arena *arena, struct str file) {
    static const struct archive_secret unlocked = {.kind = ARCHIVE_UNLOCKED};
    struct errors errors = {.arena = arena};
    struct archive_reader *reader = archive_open(arena, read_bytes, &file, &unlocked, &errors);
    require((reader == NULL) == (errors.count > 0));
    if (!reader) return;
    size_t sum = 0;
    struct backup_sink sink = {.row = take_row, .data = take_data, .arg = &sum};
    struct backup_counts counts;
    bool ok = backup_read(reader, &sink, &errors, &counts);
    require(ok == (errors.count == 0));
    require(!ok || (counts.rows >= 0 && counts.files >= 0));
}

/* Each chunk: a byte for its kind, two for its length, its content. */
static struct str packed(struct arena *arena, struct str input) {
    static const char kinds[] = "ITRFDE";
    static const struct archive_header header = {
        .what = STR_INIT("backup"), .program = STR_INIT("0"), .schema = 1, .made_at = 0};
    static const struct archive_secret unlocked = {.kind = ARCHIVE_UNLOCKED};
    struct errors errors = {.arena = arena};
    struct buf file = buf_new(arena, 1024);
    struct archive_writer *writer = archive_create(arena, write_bytes, &file, &header, &unlocked, &errors);
    require(writer != NULL);
    while (input.len >= 3) {
        const unsigned char *head = (const unsigned char *)input.ptr;
        size_t length = (size_t)head[1] | (size_t)head[2] << 8;
        struct str content = str_slice(input, 3, 3 + length);
        require(archive_write(writer, (enum archive_kind)kinds[head[0] % 6], content));
        input = str_slice(input, 3 + content.len, input.len);
    }
    return buf_str(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    struct arena *arena = arena_new((size_t)512 << 20);
    struct str input = {(const char *)data + 1, size - 1};
    read_all(arena, data[0] & 1 ? packed(arena, input) : input);
    arena_free(arena);
    return 0;
}
