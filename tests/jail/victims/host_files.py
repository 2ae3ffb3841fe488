# Attack: reads and writes files of the host by their absolute names.
# Source: every sandbox that shares its root with the host
# Stopped by: mount namespace
# Arguments: canary
# Told: none
# Control: plain
import shutil
import tempfile

CANARY = sys.argv[1]
FOLDER = os.path.dirname(CANARY)
own = tempfile.mkdtemp()
os.symlink(CANARY, own + "/link")

attempt("read a file", lambda: open(CANARY).read())
attempt("read it through a link", lambda: open(own + "/link").read())
attempt("ask for its attributes", lambda: os.stat(CANARY))
attempt("list its folder", lambda: os.listdir(FOLDER))
attempt("go there", lambda: os.chdir(FOLDER))
attempt("change it", lambda: open(CANARY, "a").close())
attempt("make a file beside it", lambda: open(FOLDER + "/made", "w").close())
shutil.rmtree(own)
