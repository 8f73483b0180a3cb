{{ config(enabled=var('python', false)) }}
def main(a):
    return a + 1
