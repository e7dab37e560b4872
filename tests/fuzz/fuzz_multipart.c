/* fuzz_multipart.c - any bytes as a form with files: the same parts however they are cut, within the limits, in bounded memory.
 *
 * The first byte says how long the pieces are.
 *
 *     fuzz_multipart -max_total_time=60 tests/fuzz/corpus/multipart
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

struct seen {
    struct buf text;
    int parts;
    bool open;
};

static bool part_begin(void *arg, const struct multipart_part *part, struct errors *errors) {
    struct seen *seen = arg;
    (void)errors;
    require(!seen->open && ++seen->parts <= 512);
    require(utf8_valid(part->name) && str_index(part->name, '\0') < 0);
    require(utf8_valid(part->file_name) && str_index(part->file_name, '/') < 0 && str_index(part->file_name, '\n') < 0);
    seen->open = true;
    buf_printf(&seen->text, "\n%zu %d ", part->name.len, part->is_file);
    buf_add(&seen->text, part->name);
    buf_add(&seen->text, part->file_name);
    return true;
}

static bool part_data(void *arg, struct str bytes, struct errors *errors) {
    struct seen *seen = arg;
    (void)errors;
    require(seen->open && bytes.len > 0);
    buf_add(&seen->text, bytes);
    return true;
}

static bool part_end(void *arg, struct errors *errors) {
    struct seen *seen = arg;
    (void)errors;
    require(seen->open);
    seen->open = false;
    return true;
}

static bool read_form(struct arena *arena, struct str body, size_t piece, struct seen *seen) {
    struct errors errors = {.arena = arena};
    const struct multipart_sink sink = {part_begin, part_data, part_end, seen};
    struct multipart *m = multipart_new(arena, STR("XX"), &sink);
    *seen = (struct seen){.text = buf_new(arena, 256)};
    bool ok = true;
    while (ok && body.len) {
        struct str one = str_slice(body, 0, piece);
        body = str_slice(body, one.len, body.len);
        ok = multipart_feed(m, one, &errors);
    }
    ok = ok && multipart_end(m, &errors);
    require(ok == (errors.count == 0));
    require(!ok || !seen->open);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena *arena;
    if (!arena) arena = arena_new(256u << 20);
    if (size == 0 || size > 1u << 20) return 0;
    struct str body = {(const char *)data + 1, size - 1};
    struct seen whole, cut;
    bool ok = read_form(arena, body, SIZE_MAX, &whole);
    require(read_form(arena, body, (size_t)data[0] + 1, &cut) == ok);
    require(!ok || (str_eq(buf_str(&whole.text), buf_str(&cut.text)) && whole.parts == cut.parts));
    multipart_boundary(arena, body);
    arena_reset(arena);
    return 0;
}
