with R as f, R:
    print('body', f)
#> body <removed>
