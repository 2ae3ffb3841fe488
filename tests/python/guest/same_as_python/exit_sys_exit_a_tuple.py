import sys

print("before")
sys.exit(('a', 'tuple'))
