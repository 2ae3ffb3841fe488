"""Prices: a discount for many, and tax."""


class PriceList:
    def __init__(self, prices, discount=0.1, from_count=3):
        self._prices = prices
        self._discount = discount
        self._from_count = from_count

    def price(self, name, count):
        full = self._prices[name] * count
        return full * (1 - self._discount) if count >= self._from_count else full


def with_tax(amount, rate=0.19):
    return round(amount * (1 + rate), 2)
