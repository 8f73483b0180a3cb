def main(x):
    # {{ function('plus') }} is rendered here too
    return x * 2
