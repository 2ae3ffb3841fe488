"""A shop's stock that lives in two modules of its own, one of them with a hidden side."""
import stockroom
from pricing.rules import PriceList, with_tax

ORDERS = [
    ("lamp", 3),
    ("chair", 1),
    ("table", 2),
    ("lamp", 9),
    ("mirror", 1),
]


def process(orders, stock, prices):
    total = 0
    for name, count in orders:
        try:
            stock.take(name, count)
        except stockroom.OutOfStock as error:
            print("refused:", error)
            continue
        except KeyError as error:
            print("unknown item", error)
            continue
        price = prices.price(name, count)
        total += price
        print(f"sold {count} {name} for {price:.2f}")
    return total


def main():
    stock = stockroom.Stock({"lamp": 10, "chair": 4, "table": 1})
    prices = PriceList({"lamp": 19.5, "chair": 45.0, "table": 120.0})
    total = process(ORDERS, stock, prices)
    print(f"total {total:.2f}, with tax {with_tax(total):.2f}")
    print("left:", stock.items())
    print("synchronised:", stock.synchronise() or "no")
    print("backup:", stockroom.backup("/srv/backup"))
    print("module:", stockroom.__name__, prices.__class__.__module__)


if __name__ == "__main__":
    main()
