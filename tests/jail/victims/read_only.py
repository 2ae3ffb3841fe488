# Attack: changes what is shown to it, in a folder where its modes would let everybody write.
# Source: CVE-2019-5736 and every writable bind
# Stopped by: read-only binds
# Arguments: shared
# Told: none
# Control: plain
SHARED = sys.argv[1]
FILE = SHARED + "/file"

attempt("append", lambda: open(FILE, "a").close())
attempt("cut off", lambda: os.truncate(FILE, 0))
attempt("make a file", lambda: open(SHARED + "/new", "w").close())
attempt("make a folder", lambda: os.mkdir(SHARED + "/folder"))
attempt("make a link", lambda: os.link(FILE, SHARED + "/hard"))
attempt("rename", lambda: os.rename(FILE, SHARED + "/renamed"))
attempt("make a device of it", lambda: os.mkfifo(SHARED + "/fifo"))
attempt("delete", lambda: os.remove(FILE if os.path.exists(FILE) else SHARED + "/renamed"))
