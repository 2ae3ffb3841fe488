// Takes back the field macros of nodes.def. Included after each use of it, so no #pragma once.
#undef ONE
#undef LIST
#undef WORD
#undef WORDS
#undef OP
#undef OPS
#undef VALUE
#undef NUMBER
#undef STORE
#undef STORES
#undef DELETES
#undef DROP
#undef SINCE
#undef SINCE_ONE
