match R:
    case 1:
        print('one')
    case [a]:
        print('list')
    case {}:
        print('dict')
    case _:
        print('other')
#> other
