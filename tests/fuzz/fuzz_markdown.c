/* fuzz_markdown.c - HTML made from any Markdown holds only the tags that we write, and no address that runs code. */
#include "base/utf8.h"
#include "service/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char allowed[] =
    "a p h3 h4 h5 h6 ul ol li em strong del code pre blockquote br hr table thead tbody tr th td input u img div span";

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

/* The name of a tag that begins at s. */
static struct str tag_name(struct str s) {
    size_t i = 0;
    while (i < s.len && ((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= '1' && s.ptr[i] <= '6'))) i++;
    return str_slice(s, 0, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str text = {(const char *)data, size};
    if (!utf8_valid(text) || str_index(text, 0) >= 0) return 0;
    struct arena *arena = arena_new((size_t)256 << 20);
    struct html html = markdown_html(arena, text);
    struct str rest = html.s;
    require(utf8_valid(rest));
    for (ptrdiff_t at; (at = str_index(rest, '<')) >= 0;) {
        rest = str_slice(rest, (size_t)at + 1, rest.len);
        if (rest.len && rest.ptr[0] == '/') rest = str_slice(rest, 1, rest.len);
        struct str name = tag_name(rest);
        require(name.len > 0 && str_in_words(allowed, name));
        ptrdiff_t end = str_index(rest, '>');
        require(end > 0);
        struct str tag = str_lower(arena, str_slice(rest, 0, (size_t)end));
        require(str_find(tag, STR("=\"javascript:")) < 0 && str_find(tag, STR("=\"data:")) < 0 && str_find(tag,
            STR(" onerror=\"")) < 0);
    }
    arena_free(arena);
    return 0;
}
