/* json.h - JSON from outside, read with limits: a face of jansson that keeps the tree in an arena.
 *
 * Refused with a message: malformed text, duplicate keys, nesting deeper than 32, NUL in strings, invalid UTF-8, numbers
 * that fit neither int64 nor double. Writing JSON needs no tree: see buf_json.
 *
 *     struct json *body = json_parse(arena, bytes, &errors);
 *     const struct json *email = json_get(body, STR("email"));
 *     if (json_type(email) == JSON_T_STRING) use(json_text(email));
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/errors.h"

struct json; /* one value of the tree */
enum json_type { JSON_T_NONE, JSON_T_NULL, JSON_T_BOOL, JSON_T_INT, JSON_T_REAL, JSON_T_STRING, JSON_T_ARRAY, JSON_T_OBJECT };

/* NULL and an error with status 400, code "malformed_json", naming line and column. The tree lives as long as the arena. */
struct json *json_parse(struct arena *arena, struct str text, struct errors *errors);
enum json_type json_type(const struct json *value); /* JSON_T_NONE for NULL */
bool json_bool(const struct json *value);
int64_t json_int(const struct json *value);
/* The number as it may be written (a REAL by its shortest decimal form), for exact decimals. */
struct str json_number_text(struct arena *arena, const struct json *value);
struct str json_text(const struct json *value);
size_t json_count(const struct json *value);             /* of an array or object */
const struct json *json_at(const struct json *array, size_t index);
const struct json *json_get(const struct json *object, struct str key);
/* The text of a member; empty where there is none or it is not a text. */
struct str json_text_at(const struct json *object, struct str key);
/* Walks an object: `void *it = NULL; while (json_next(obj, &it, &key, &value))`. In the order written. */
bool json_next(const struct json *object, void **iterator, struct str *key, const struct json **value);
/* Compact text again, keys in the order written. */
void buf_json_value(struct buf *b, const struct json *value);

#endif
