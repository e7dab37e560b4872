/* markdown.c - writes what md4c finds, each piece through its escaper. */
#include "service/markdown.h"

#include <md4c.h>

static const char *block_tag(MD_BLOCKTYPE type, const void *detail) {
    static const char *const headings[] = {"h3", "h4", "h5", "h6", "h6", "h6"};
    switch (type) {
    case MD_BLOCK_QUOTE: return "blockquote";
    case MD_BLOCK_UL: return "ul";
    case MD_BLOCK_OL: return "ol";
    case MD_BLOCK_LI: return "li";
    case MD_BLOCK_H: return headings[(((const MD_BLOCK_H_DETAIL *)detail)->level - 1) % 6];
    case MD_BLOCK_CODE: return "pre";
    case MD_BLOCK_P: return "p";
    case MD_BLOCK_TABLE: return "table";
    case MD_BLOCK_THEAD: return "thead";
    case MD_BLOCK_TBODY: return "tbody";
    case MD_BLOCK_TR: return "tr";
    case MD_BLOCK_TH: return "th";
    case MD_BLOCK_TD: return "td";
    default: return NULL;
    }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *arg) {
    struct buf *b = arg;
    if (type == MD_BLOCK_HR) buf_lit(b, "<hr>");
    const char *tag = block_tag(type, detail);
    if (!tag) return 0;
    buf_printf(b, "<%s>", tag);
    if (type == MD_BLOCK_LI) {
        const MD_BLOCK_LI_DETAIL *item = detail;
        if (item->is_task) buf_cstr(b, item->task_mark == ' ' ? "\u2610 " : "\u2611 ");
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *arg) {
    const char *tag = block_tag(type, detail);
    if (tag) buf_printf(arg, "</%s>", tag);
    return 0;
}

static const char *span_tag(MD_SPANTYPE type) {
    switch (type) {
    case MD_SPAN_EM: return "em";
    case MD_SPAN_STRONG: return "strong";
    case MD_SPAN_CODE: return "code";
    case MD_SPAN_DEL: return "del";
    case MD_SPAN_A: case MD_SPAN_IMG: return "a";
    default: return NULL;
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *arg) {
    struct buf *b = arg;
    if (type != MD_SPAN_A && type != MD_SPAN_IMG) {
        if (span_tag(type)) buf_printf(b, "<%s>", span_tag(type));
        return 0;
    }
    const MD_ATTRIBUTE *to =
        type == MD_SPAN_A ? &((const MD_SPAN_A_DETAIL *)detail)->href : &((const MD_SPAN_IMG_DETAIL *)detail)->src;
    buf_lit(b, "<a rel=\"nofollow noopener noreferrer\" href=\"");
    html_url(b, ((struct str){to->text, to->size}));
    buf_lit(b, "\">");
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *arg) {
    (void)detail;
    if (span_tag(type)) buf_printf(arg, "</%s>", span_tag(type));
    return 0;
}

static int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *arg) {
    struct buf *b = arg;
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) buf_lit(b, "<br>\n"); /* a note keeps the lines that its writer made */
    else if (type == MD_TEXT_ENTITY) buf_add(b, (struct str){at, size});    /* "&amp;" as md4c checked it */
    else if (type != MD_TEXT_NULLCHAR) buf_html(b, (struct str){at, size});
    return 0;
}

struct html markdown_html(struct arena *arena, struct str source) {
    struct buf b = buf_new(arena, source.len * 2 + 64);
    MD_PARSER parser = {.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                                 MD_FLAG_PERMISSIVEURLAUTOLINKS,
                        .enter_block = enter_block,
                        .leave_block = leave_block,
                        .enter_span = enter_span,
                        .leave_span = leave_span,
                        .text = text};
    md_parse(source.ptr, (MD_SIZE)source.len, &parser, &b);
    return html_safe(buf_str(&b));
}
