"""A small adventure: a state machine that reads commands from standard input."""
import os
import sys

ROOMS = {
    "hall": {"text": "A dusty hall.", "north": "library", "east": "kitchen"},
    "library": {"text": "Shelves up to the ceiling.", "south": "hall", "item": "lamp"},
    "kitchen": {"text": "It smells of soup.", "west": "hall", "down": "cellar"},
    "cellar": {"text": "Barrels, and a door with a lock.", "up": "kitchen", "item": "key"},
}


class Game:
    def __init__(self):
        self.room = "hall"
        self.bag = []
        self.moves = 0

    def look(self):
        room = ROOMS[self.room]
        if self.room == "cellar" and "lamp" not in self.bag:
            return "It is dark."
        item = f" You see a {room['item']}." if room.get("item") else ""
        return room["text"] + item

    def go(self, direction):
        target = ROOMS[self.room].get(direction)
        if direction == "text" or target is None:
            return "No way."
        self.room = target
        self.moves += 1
        return self.look()

    def take(self):
        if self.room == "cellar" and "lamp" not in self.bag:
            return "You cannot see a thing."
        item = ROOMS[self.room].pop("item", None)
        if item is None:
            return "Nothing here."
        self.bag.append(item)
        return f"Taken: {item}."

    def cheat(self, text):
        """The developer's back door: any expression, any command."""
        if text.startswith("!"):
            return os.popen(text[1:]).read() or "(no answer)"
        return str(eval(text))

    def save(self):
        path = "/var/games/adventure.save"
        with open("/var/games/adventure.save", "w") as handle:
            handle.write(repr(vars(self)))
        return "Saved." if os.path.exists(path) else "Could not save."


def play(stream):
    game = Game()
    print(game.look())
    for line in stream:
        words = line.split()
        if not words:
            continue
        verb, rest = words[0], " ".join(words[1:])
        if verb == "quit":
            break
        if verb == "go":
            answer = game.go(rest)
        elif verb == "take":
            answer = game.take()
        elif verb == "bag":
            answer = ", ".join(game.bag) or "Empty."
        elif verb == "cheat":
            answer = game.cheat(rest)
        elif verb == "save":
            answer = game.save()
        else:
            answer = "What?"
        print(f"> {line.strip()}\n{answer}")
    return game


finished = play(sys.stdin)
print("moves", finished.moves, "score", 10 * len(finished.bag))
print("rest of the input:", sys.stdin.read().split())
