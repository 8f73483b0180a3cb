select {{ wrong_args() }}
