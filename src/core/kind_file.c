/* kind_file.c - a reference to a record of `files`, with an upload for its control. */
#include "core/kind_tools.h"

const struct kind kind_file = {
    .name = "file",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE),
    .input = "file",
    .parse = kind_ref_parse,
    .from_json = kind_ref_from_json,
    .schema = kind_ref_schema,
};
