/* openapi.h - the API described by itself: OpenAPI 3.1, derived from the registry, served at /api/v1/openapi.json. */
#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include "base/buf.h"

struct ctx;

/* The whole document, with the custom fields of the company of ctx. Without one (NULL, or nobody's) the same bytes for the same
 * program. */
void openapi_json(struct buf *b, struct ctx *ctx);

#endif
